/**
 * Writes docs/HISTORY.md, what a history may hold, from the schemas of the commands:
 *
 *   npm run history-page
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { historyPage } from './history-page/page.ts';

const linesOf = (name: string): string[] =>
  readFileSync(`examples/history/${name}.ndjson`, 'utf8').trimEnd().split('\n');
writeFileSync('docs/HISTORY.md', historyPage(linesOf('adventureworks-sample'), linesOf('a-customer')));
