import { countKinds, foldSteps, labelOf, type PathStep } from '../diagram.ts';
import type { Diagram, Diagrams } from '../document.ts';
import { cut, type Terminal, wrap } from '../terminal.ts';
import { besideEachOther, columnsIn } from './side-by-side.ts';

type Draw = (steps: readonly PathStep[], terminal: Terminal) => string[];

/** Side by side where there is room, from 100 columns on; else one below the other. */
export function drawDiagrams({ diagrams }: Diagrams, terminal: Terminal): string[] {
  const columns = columnsIn(terminal.width, diagrams.length);
  const column = { ...terminal, width: columns.width };
  const draw = drawingFor(diagrams, column.width);
  return besideEachOther(
    diagrams.map((diagram) => drawDiagram(diagram, draw, column)),
    columns,
  );
}

/** How the arrows of all of them fit into the width: one line each, or under whom they start from. */
function drawingFor(diagrams: readonly Diagram[], width: number): Draw {
  const fits = diagrams.every(({ steps }) => {
    const { from, to, what } = columnsOf(steps);
    return from + to + what + 7 <= width;
  });
  return fits ? drawLines : drawGroups;
}
/** The steps under the name. */
function drawDiagram({ name, steps, missing }: Diagram, draw: Draw, terminal: Terminal): string[] {
  const { colors, width } = terminal;
  const indented = (text: string): string[] => wrap(text, width - 2).map((line) => `  ${line}`);
  const head = colors.bold(cut(name, width));
  if (missing !== undefined) return [head, ...indented(missing).map(colors.yellow)];
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
