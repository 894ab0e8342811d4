import type { PathStep } from '../../../report/index.ts';
import { countKinds, cut, foldSteps, labelOf, type Terminal, wrap } from '../../../report/index.ts';
import type { ScenarioPath } from '../comparison.ts';

type Draw = (steps: readonly PathStep[], terminal: Terminal) => string[];

/** How the arrows of all these paths fit into the width: one line each, or under whom they start from. */
export function drawingFor(paths: readonly ScenarioPath[], width: number): Draw {
  const fits = paths.every(({ steps }) => {
    const { from, to, what } = columnsOf(steps);
    return from + to + what + 7 <= width;
  });
  return fits ? drawLines : drawGroups;
}

/** The path under the name of its architecture. */
export function drawPath(
  { architecture, steps, unplayable }: ScenarioPath,
  draw: Draw,
  terminal: Terminal,
): string[] {
  const { colors, width } = terminal;
  const indented = (text: string): string[] => wrap(text, width - 2).map((line) => `  ${line}`);
  const head = colors.bold(cut(architecture, width));
  if (unplayable !== undefined)
    return [head, ...indented(`cannot play it: ${unplayable}`).map(colors.yellow)];
  const folded = foldSteps(steps);
  return [head, ...indented(countKinds(folded)).map(colors.dim), ...draw(folded, terminal)];
}

/** `  ordering → bus       message OrderStatusChanged`; who acts is named once, until another does. */
function drawLines(steps: readonly PathStep[], { colors }: Terminal): string[] {
  const widths = columnsOf(steps);
  return steps.map((step, index) => {
    const from = step.from === steps[index - 1]?.from ? '' : step.from;
    const who = `  ${from.padEnd(widths.from)} → ${step.to.padEnd(widths.to)}  `;
    return who + styleOf(step, colors)(whatOf(step));
  });
}

function drawGroups(steps: readonly PathStep[], { colors, width }: Terminal): string[] {
  return steps.flatMap((step, index) => {
    const head = step.from === steps[index - 1]?.from ? [] : [`  ${cut(step.from, width - 2)}`];
    const [first = '', ...rest] = wrap(`${step.to}: ${whatOf(step)}`, width - 6);
    const style = styleOf(step, colors);
    return [
      ...head,
      `    → ${style(cut(first, width - 6))}`,
      ...rest.map((line) => `      ${style(cut(line, width - 6))}`),
    ];
  });
}

const whatOf = (step: PathStep): string => `${step.kind} ${labelOf(step)}`;

interface ColumnWidths {
  readonly from: number;
  readonly to: number;
  readonly what: number;
}

function columnsOf(steps: readonly PathStep[]): ColumnWidths {
  const widest = (textOf: (step: PathStep) => string): number =>
    Math.max(0, ...steps.map((step) => textOf(step).length));
  return { from: widest(({ from }) => from), to: widest(({ to }) => to), what: widest(whatOf) };
}

/** What goes to others stands out from the housekeeping. */
function styleOf({ kind }: PathStep, colors: Terminal['colors']): (text: string) => string {
  switch (kind) {
    case 'message':
      return colors.magenta;
    case 'send':
      return colors.green;
    case 'call':
      return (text) => text;
    case 'read':
    case 'write':
      return colors.dim;
  }
}
