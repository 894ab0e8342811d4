/**
 * Checks that the pages tell the truth: README.md, src/*\/README.md, docs/**\/*.md; and that the example at each room's
 * door compiles and runs.
 *
 *   npm run readme              one line for each untruth, exit code 1 if there is any
 *   npm run readme -- --update  writes the real outputs and files into the pages
 */
import { checkPages, pagesOf } from './readme/check.ts';
import { checkExamples } from './readme/examples.ts';

const flags = process.argv.slice(2);
if (flags.some((flag) => flag !== '--update')) {
  console.error('usage: npm run readme [-- --update]');
  process.exit(2);
}

const root = process.cwd();
const failures = [
  ...(await checkPages({ root, update: flags.includes('--update') })),
  ...(await checkExamples(root)),
];
for (const failure of failures) console.log(failure);
if (failures.length === 0)
  console.log(`${pagesOf(root).length} pages and the examples of all doors, all true`);
process.exitCode = failures.length > 0 ? 1 : 0;
