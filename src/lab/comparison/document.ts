import type { Document } from '../../report/index.ts';
import { answersOf, handOverLegend } from './answers.ts';
import type { Comparison, MeasuredServer } from './comparison.ts';
import { divergenceBlocks, explanationBlocks } from './document/admitted.ts';
import { behaviourBlocks } from './document/behaviour.ts';
import { choiceBlocks } from './document/choices.ts';
import { couplingBlocks } from './document/coupling.ts';
import { faultBlocks } from './document/faults.ts';
import { overviewBlocks } from './document/overview.ts';
import { scenarioBlocks } from './document/scenarios.ts';

/** The whole comparison. The same comparison gives the same document; what was not measured is left out. */
export const comparisonDocument = (comparison: Comparison): Document => [
  ...screenDocument(comparison),
  ...scenarioBlocks(comparison.scenarios),
];

/** The whole comparison, with a drawing of it. */
export const pageDocument = (comparison: Comparison): Document => [
  ...choiceBlocks(comparison),
  ...overviewBlocks(comparison),
  ...answerBlocks(comparison),
  ...findingsDocument(comparison),
  ...scenarioBlocks(comparison.scenarios),
];

/** All but the scenarios. */
export const screenDocument = (comparison: Comparison): Document => [
  ...choiceBlocks(comparison),
  ...answerBlocks(comparison),
  ...findingsDocument(comparison),
];

const findingsDocument = (comparison: Comparison): Document => [
  ...faultBlocks(comparison.faults),
  ...behaviourBlocks(comparison),
  ...couplingBlocks(comparison.coupling),
  ...explanationBlocks(comparison.explanations),
  ...divergenceBlocks(comparison.divergences),
];

/** What a decider asks first, a column for each architecture. Holds nothing that depends on the machine. */
export function answerBlocks(comparison: Comparison): Document {
  const answers = answersOf(comparison);
  if (answers.length === 0) return [];
  return [
    { kind: 'heading', id: 'summary', text: 'Summary' },
    {
      kind: 'table',
      caption: 'What each architecture costs and gives',
      heading: ['', ...comparison.architectures],
      rows: answers.map(({ question, answers: cells }) => ({ label: question, cells })),
      of: 'words',
    },
    ...legendBlocks(comparison),
  ];
}

function legendBlocks(comparison: Comparison): Document {
  const legend = handOverLegend(comparison);
  const { server } = comparison;
  const several = server === undefined ? 'two' : 'several';
  const texts = [
    ...(legend === '' ? [] : [`Where there are ${several} answers: ${legend}.`]),
    ...(server === undefined ? [] : [serverInWords(server)]),
  ];
  if (texts.length === 0) return [];
  return [{ kind: 'paragraph', lines: texts.map((text) => ({ text, tone: 'muted' })) }];
}

const serverInWords = ({ name, place }: MeasuredServer): string =>
  `On PostgreSQL: ${name} at ${place}, each run in a database of its own.`;
