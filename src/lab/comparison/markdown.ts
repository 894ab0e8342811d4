import { toMarkdown } from '../../report/index.ts';
import type { Comparison } from './comparison.ts';
import { behaviourHeading, columnsOfAnyMachine } from './document/behaviour.ts';
import { answerBlocks, comparisonDocument } from './document.ts';

const preambleOf = (comparison: Comparison): string =>
  '# The architectures compared\n\n' +
  'Should services call the notifier, or publish events? Every figure comes from a run of this code or from its\n' +
  `import graph. \`${writingCommand(comparison)}\` writes this page; it is not to be edited by hand.\n\n`;

/** What writes such a page anew. */
export const writingCommand = ({ server }: Pick<Comparison, 'server'>): string =>
  server === undefined
    ? 'npm run compare -- --thorough --markdown'
    : 'npm run compare -- --thorough --markdown FILE --data postgres://…';

/** The whole comparison as a page for the folder docs/, with a newline at its end. */
export const comparisonMarkdown = (comparison: Comparison): string =>
  preambleOf(comparison) + toMarkdown(comparisonDocument(comparison), '../');

/**
 * The summary alone, as the README has it: at most 14 lines, with a newline at the end. Holds no figure that
 * depends on the machine.
 */
export const summaryMarkdown = (comparison: Comparison): string =>
  toMarkdown(answerBlocks(comparison).filter(({ kind }) => kind === 'table'));

/**
 * The page with every figure that depends on the machine masked: two pages are equal after it when only such
 * figures differ between them.
 */
export function maskTimings(markdown: string): string {
  const heading = `## ${behaviourHeading}\n`;
  const [before = '', ...rest] = markdown.replace(/^On PostgreSQL: .*$/m, 'On PostgreSQL: #.').split(heading);
  if (rest.length === 0) return before;
  const after = rest.join(heading);
  const end = after.indexOf('\n## ');
  const section = end === -1 ? after : after.slice(0, end);
  const masked = section
    .replace(/^Measured on .*$/m, 'Measured on #.')
    .replace(/^(- best [^:]*): .*$/gm, '$1: #')
    .split('\n')
    .map(withMaskedFigures)
    .join('\n');
  return before + heading + masked + after.slice(section.length);
}

function withMaskedFigures(row: string): string {
  if (!row.startsWith('| ')) return row;
  const cells = row.split(' | ');
  const kept = cells.slice(0, columnsOfAnyMachine);
  return [...kept, ...cells.slice(columnsOfAnyMachine).map((cell) => cell.replace(/\d.*\)/, '#'))].join(
    ' | ',
  );
}
