/**
 * Writes docs/FLOWS.md, docs/REASONS.md, docs/SCALING.md and docs/SETTINGS.md, made from the code as it stands.
 *
 *   npm run reference
 *   npm run reference -- --check   writes nothing; one line for each that is stale, and exit code 1 if there is any
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './reference/pages.ts';

const flags = process.argv.slice(2);
const isCheck = flags[0] === '--check';
if (flags.length > (isCheck ? 1 : 0)) {
  console.error('usage: npm run reference [-- --check]');
  process.exit(2);
}

const root = process.cwd();
for (const { file, text } of await referencePages(root)) {
  const path = join(root, file);
  if (!isCheck) {
    writeFileSync(path, text);
    console.log(file);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.log(`${file} is stale: npm run reference`);
    process.exitCode = 1;
  }
}
