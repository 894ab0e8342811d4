import type { ScenarioResult } from '../../lab/scenarios/index.ts';
import { renderEntries } from '../../operations/flow/index.ts';
import { type Terminal, wrap } from '../../report/index.ts';

export interface ScenarioView {
  /** A fault was asked for: what it changed is no failure. */
  isDrill: boolean;
  /** Mails are shown to their end. */
  isFull: boolean;
}

/** One scenario as a timeline, line by line. */
export function renderScenario(
  result: ScenarioResult,
  terminal: Terminal,
  { isDrill, isFull }: ScenarioView,
): string[] {
  const { colors, width } = terminal;
  const title = wrap(result.title, width - 2).map((line) => `  ${colors.dim(line)}`);
  const entries = renderEntries(result.timeline, terminal, { isFull });
  const differences = result.differences.map((line) => `  ${(isDrill ? colors.yellow : colors.red)(line)}`);
  const verdict = result.ok
    ? []
    : [
        '',
        `  ${isDrill ? colors.yellow('What the fault changed (- without it, + with it):') : colors.red('✗ not as expected (- missing, + surplus):')}`,
        ...differences,
      ];
  const day = colors.dim(`  ${dayOf(result)}, times in UTC`);
  return [colors.bold(result.scenario) + day, ...title, '', ...entries, ...verdict, ''];
}

const dayOf = ({ timeline }: ScenarioResult): string =>
  new Date(timeline[0]?.atMs ?? 0).toISOString().slice(0, 10);
