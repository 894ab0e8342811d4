/**
 * Writes docs/HISTORY.md, what a history may hold, from the schemas of the commands:
 *
 *   npm run history-page
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { historyPage } from './history-page/page.ts';

const sample = readFileSync('examples/history/adventureworks-sample.ndjson', 'utf8');
writeFileSync('docs/HISTORY.md', historyPage(sample.trimEnd().split('\n')));
