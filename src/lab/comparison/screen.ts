import { besideEachOther, columnsIn, cut, type Terminal, wrap } from '../../report/index.ts';
import type { Comparison, ScenarioComparison } from './comparison.ts';
import { verdictOf } from './path.ts';
import { drawBehaviour } from './screen/behaviour.ts';
import { drawCoupling } from './screen/coupling.ts';
import { drawDivergences } from './screen/divergences.ts';
import { drawExplanations } from './screen/explanations.ts';
import { drawFaults } from './screen/faults.ts';
import { drawingFor, drawPath } from './screen/path.ts';

/**
 * One scenario on the terminal, line by line: the paths side by side where there is room, from 100 columns
 * on, else one below the other; and whether all came to the same deliveries.
 */
export function renderScenarioScreen(scenario: ScenarioComparison, terminal: Terminal): string[] {
  const { colors, width } = terminal;
  const { paths } = scenario;
  const columns = columnsIn(width, paths.length);
  const column = { ...terminal, width: columns.width };
  const draw = drawingFor(paths, column.width);
  const indented = (text: string): string[] =>
    wrap(text, width - 2).map((line) => `  ${cut(line, width - 2)}`);
  return [
    colors.bold(cut(scenario.scenario, width)),
    ...indented(scenario.title).map(colors.dim),
    ...verdict(scenario, terminal),
    '',
    ...besideEachOther(
      paths.map((path) => drawPath(path, draw, column)),
      columns,
    ),
    '',
  ];
}

function verdict(scenario: ScenarioComparison, { colors, width }: Terminal): string[] {
  const isAlike = scenario.differences.length === 0;
  const [sign, color] = isAlike ? ['✓', colors.green] : ['✗', colors.red];
  const [first = '', ...rest] = wrap(verdictOf(scenario), width - 4);
  const differences = scenario.differences.flatMap((difference) => {
    const [head = '', ...tail] = wrap(difference, width - 6);
    return [`    ${head}`, ...tail.map((line) => `      ${line}`)];
  });
  return [`  ${sign} ${first}`, ...rest.map((line) => `    ${line}`), ...differences].map(color);
}

/** All but the scenarios, on one screen, line by line. What was not measured is left out. */
export function renderSummaryScreen(comparison: Comparison, terminal: Terminal): string[] {
  const sections = [
    drawFaults(comparison.faults, terminal),
    drawBehaviour(comparison, terminal),
    drawCoupling(comparison.coupling, terminal),
    drawExplanations(comparison.explanations, terminal),
    drawDivergences(comparison.divergences, terminal),
  ];
  return sections.filter(({ length }) => length > 0).flatMap((lines) => [...lines, '']);
}
