import { type Terminal, toLines } from '../../report/index.ts';
import type { Comparison, ScenarioComparison } from './comparison.ts';
import { scenarioDocument } from './document/scenarios.ts';
import { screenDocument } from './document.ts';

/** One scenario on the terminal, line by line. */
export const renderScenarioScreen = (scenario: ScenarioComparison, terminal: Terminal): string[] => [
  ...toLines([{ kind: 'heading', text: scenario.scenario }, ...scenarioDocument(scenario)], terminal),
  '',
];

/** All but the scenarios, on one screen, line by line. What was not measured is left out. */
export function renderSummaryScreen(comparison: Comparison, terminal: Terminal): string[] {
  const lines = toLines(screenDocument(comparison), terminal);
  return lines.length === 0 ? [] : [...lines, ''];
}
