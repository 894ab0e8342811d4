import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toLines } from './output.ts';
import type { Page, Problem } from './page.ts';
import { runCommand } from './run-command.ts';

/** Written by a command, which can also say whether it is still true. */
const comparisonPath = 'docs/COMPARISON.md';
const begin = '<!-- comparison -->';
const end = '<!-- /comparison -->';

/**
 * Asks the command whether the page of the comparison says what the code does, times aside; an update has the
 * command write it anew. Nothing where there is no such page.
 */
export async function checkComparisonPage(root: string, update: boolean): Promise<string[]> {
  if (!existsSync(join(root, comparisonPath))) return [];
  const command = `npm run --silent compare -- ${update ? '--thorough --markdown' : '--check'}`;
  const { exitCode, stderr } = await runCommand(command, root);
  if (exitCode === 0) return [];
  return toLines(stderr).map((line) => `${comparisonPath}:1: ${line}`);
}

/** Between the markers stands the summary of that page, word for word, so that it is as true as the page is. */
export function checkComparisonBlock(page: Page, root: string): Problem[] {
  const first = page.lines.indexOf(begin);
  if (first === -1) return [];
  const line = first + 1;
  const length = page.lines.slice(first + 1).indexOf(end);
  if (length === -1) return [{ line, message: `there is no ${end} behind this` }];
  const summary = summaryOf(root);
  if (summary === undefined) return [{ line, message: `there is no summary in ${comparisonPath}` }];
  const shown = page.lines.slice(first + 1, first + 1 + length);
  if (shown.join('\n') === summary.join('\n')) return [];
  const wrong = summary.findIndex((text, index) => text !== shown[index]);
  return [
    {
      line: line + 1 + (wrong === -1 ? summary.length : wrong),
      message: `differs from the summary in ${comparisonPath}`,
      fix: { from: line + 1, count: length, lines: summary },
    },
  ];
}

function summaryOf(root: string): string[] | undefined {
  if (!existsSync(join(root, comparisonPath))) return undefined;
  const lines = toLines(readFileSync(join(root, comparisonPath), 'utf8'));
  const table = lines.slice(lines.indexOf('## Summary') + 1).join('\n');
  const summary = table.split(/\n## /)[0]?.trim();
  return lines.includes('## Summary') && summary ? ['', ...summary.split('\n'), ''] : undefined;
}
