import {
  code,
  countKinds,
  countOf,
  escaped,
  foldSteps,
  kinds,
  sequenceDiagram,
  tableOf,
} from '../../../report/index.ts';
import type { Comparison, ScenarioComparison, ScenarioPath } from '../comparison.ts';
import { verdictOf } from '../path.ts';

/** A section for each scenario: how much happened in each architecture, and its path as a diagram. */
export function scenarioSections({ scenarios }: Comparison): string[] {
  if (scenarios.length === 0) return [];
  return ['## Scenarios', '', ...scenarios.flatMap(scenarioSection)];
}

function scenarioSection(scenario: ScenarioComparison): string[] {
  const { paths, differences } = scenario;
  const isAlike = differences.length === 0;
  return [
    `### ${escaped(scenario.scenario)}`,
    '',
    escaped(scenario.title),
    '',
    `${isAlike ? '✓' : '✗'} ${verdictOf(scenario)}${isAlike ? '.' : ':'}`,
    '',
    ...(isAlike ? [] : [...differences.map((line) => `- ${code(line)}`), '']),
    ...tableOf(['', ...kinds.map(([, many]) => many)], paths.map(countsOf), 'right'),
    '',
    ...paths.flatMap(diagram),
  ];
}

const countsOf = ({ architecture, steps, unplayable }: ScenarioPath): string[] => [
  escaped(architecture),
  ...kinds.map(([kind]) => (unplayable === undefined ? String(countOf(steps, kind)) : '–')),
];

/** Folded away: a page with a few dozen diagrams unfolded is slow, and hard to find anything on. */
function diagram({ architecture, steps, unplayable }: ScenarioPath): string[] {
  if (unplayable !== undefined)
    return [`${escaped(architecture)} cannot play it: ${escaped(unplayable)}.`, ''];
  const folded = foldSteps(steps);
  return [
    '<details>',
    `<summary>${escaped(architecture)}: ${countKinds(folded)}</summary>`,
    '',
    '```mermaid',
    ...sequenceDiagram(folded),
    '```',
    '',
    '</details>',
    '',
  ];
}
