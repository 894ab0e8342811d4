/**
 * Writes docs/REASONS.md and docs/SETTINGS.md, made from the code as it stands.
 *
 *   npm run reference
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './reference/pages.ts';

const root = process.cwd();
for (const { file, text } of referencePages(root)) {
  writeFileSync(join(root, file), text);
  console.log(file);
}
