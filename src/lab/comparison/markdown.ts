import { code, escaped, tableOf } from '../../report/index.ts';
import type { Comparison, DeclaredDivergence, ExplanationCost } from './comparison.ts';
import { behaviourSection } from './markdown/behaviour.ts';
import { couplingSection } from './markdown/coupling.ts';
import { faultSection } from './markdown/faults.ts';
import { scenarioSections } from './markdown/scenarios.ts';
import { summaryTable } from './markdown/summary.ts';

export { maskTimings } from './markdown/behaviour.ts';

const preamble = [
  '# The architectures compared',
  '',
  'Should services call the notifier, or publish events? Every figure comes from a run of this code or from its',
  'import graph. `npm run compare -- --markdown` writes this page; what it says is not to be edited by hand.',
  '',
];

/**
 * The whole comparison as a page for the folder docs/, with a newline at its end. The same comparison gives
 * the same page. What was not measured is left out.
 */
export function comparisonMarkdown(comparison: Comparison): string {
  const lines = [
    ...preamble,
    '## Summary',
    '',
    ...summaryTable(comparison),
    '',
    ...faultSection(comparison),
    ...behaviourSection(comparison),
    ...couplingSection(comparison),
    ...explanationSection(comparison.explanations),
    ...divergenceSection(comparison.divergences),
    ...scenarioSections(comparison),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/**
 * The summary alone, for the README: at most 14 lines, with a newline at the end. Holds no figure that
 * depends on the machine.
 */
export const summaryMarkdown = (comparison: Comparison): string => `${summaryTable(comparison).join('\n')}\n`;

function explanationSection(explanations: readonly ExplanationCost[]): string[] {
  if (explanations.length === 0) return [];
  const rows = explanations.map(({ architecture, askedRooms }) => [
    escaped(architecture),
    String(askedRooms.length),
    escaped(askedRooms.join(', ')),
  ]);
  return [
    '## Why was this customer not notified?',
    '',
    'Whom `npm run explain` has to ask for the answer.',
    '',
    ...tableOf(['', 'rooms', 'asked'], rows),
    '',
  ];
}

function divergenceSection(divergences: readonly DeclaredDivergence[]): string[] {
  if (divergences.length === 0) return [];
  const rows = divergences.map(({ architecture, id, words, shownBy }) => [
    escaped(architecture),
    code(id),
    escaped(words),
    `[${escaped(nameOf(shownBy))}](<../${shownBy.replace(/[<>|\s]/g, encodeURIComponent)}>)`,
  ]);
  return [
    '## Declared divergences',
    '',
    'What an architecture does otherwise than the others, with the test that shows it.',
    '',
    ...tableOf(['', 'divergence', 'in words', 'shown by'], rows),
    '',
  ];
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
