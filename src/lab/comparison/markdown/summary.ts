import { escaped, tableOf } from '../../../report/index.ts';
import { answersOf, busLegend } from '../answers.ts';
import type { Comparison } from '../comparison.ts';

/** What a decider asks first, a column for each architecture. Holds nothing that depends on the machine. */
export const summaryTable = (comparison: Comparison): string[] =>
  tableOf(
    [busLegend(comparison), ...comparison.architectures].map(escaped),
    answersOf(comparison).map(({ question, answers }) => [question, ...answers].map(escaped)),
  );
