import { type Block, type Document, plural, type Tone } from '../../../report/index.ts';
import type { ScenarioComparison } from '../comparison.ts';

/** A panel for each scenario. */
export function scenarioBlocks(scenarios: readonly ScenarioComparison[]): Document {
  if (scenarios.length === 0) return [];
  return [
    { kind: 'heading', id: 'paths', name: 'Paths', text: 'The path of each scenario' },
    {
      kind: 'paragraph',
      lines: [
        {
          text: 'From the command to the provider, as it was seen to happen. An arrow that repeats is drawn once, with how often.',
        },
      ],
    },
    {
      kind: 'panels',
      legend: 'Scenario',
      legendOfDiagrams: 'Architectures',
      panels: scenarios.map((scenario) => ({
        name: scenario.scenario,
        ...(scenario.differences.length > 0 && { warning: 'not the same deliveries' }),
        blocks: scenarioDocument(scenario),
      })),
    },
  ];
}

/** What happened, whether all came to the same deliveries, and the paths. */
export function scenarioDocument(scenario: ScenarioComparison): Block[] {
  const { differences, paths } = scenario;
  const tone: Tone = differences.length === 0 ? 'good' : 'bad';
  const sign = { text: tone === 'good' ? '✓' : '✗', tone } as const;
  return [
    {
      kind: 'paragraph',
      lines: [
        { text: scenario.title, indent: 2, tone: 'muted' },
        { sign, text: verdictOf(scenario), indent: 2, tone },
        ...differences.map((text) => ({ text, indent: 4, hang: 2, tone, isItem: true })),
      ],
    },
    {
      kind: 'diagrams',
      of: scenario.scenario,
      diagrams: paths.map(({ architecture, steps, unplayable }) => ({
        name: architecture,
        steps,
        ...(unplayable !== undefined && { missing: `cannot play it: ${unplayable}` }),
      })),
    },
  ];
}

/** Whether all came to the same, in a line. */
function verdictOf({ paths, deliveries, differences }: ScenarioComparison): string {
  if (differences.length > 0) return 'not the same deliveries on all of them';
  const counted = plural(deliveries, 'delivery', 'deliveries');
  if (paths.length === 1) return `${counted}; there is no other architecture to compare with`;
  const played = paths.filter(({ unplayable }) => unplayable === undefined).length;
  const where =
    played === paths.length
      ? `all ${played} architectures`
      : `the ${played} of ${paths.length} architectures that can play it`;
  return `the same ${counted} on ${where}`;
}
