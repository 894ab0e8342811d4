import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Comparison } from '../../../src/lab/comparison/comparison.ts';
import { comparisonMarkdown } from '../../../src/lab/comparison/markdown.ts';
import { outdated, readPage } from '../../../src/lab/comparison/written-page.ts';
import { aComparison } from './a-comparison.ts';
import { onASlowMachine } from './shown.ts';

function writtenPage(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'COMPARISON.md');
  writeFileSync(file, text);
  return readPage(file);
}

const withoutLoss: Comparison = {
  ...aComparison,
  faults: aComparison.faults.map((outcome) => ({ ...outcome, lost: 0, runsThatLost: 0 })),
};

test('a page from another machine is true as long as only its times differ', async () => {
  const page = await writtenPage(comparisonMarkdown(onASlowMachine(aComparison)));

  expect(outdated(aComparison, page)).toEqual([]);
});

test('a figure that the code does not give any more is named with its line', async () => {
  const page = await writtenPage(comparisonMarkdown(aComparison));

  const [complaint, ...more] = outdated(withoutLoss, page);

  expect(more).toEqual([]);
  expect(complaint).toMatch(
    /COMPARISON\.md:\d+: says ".*145 of 1,000 kills.*", but it is ".*nothing.*"; `npm run compare/,
  );
});

test('a line too few is missed', async () => {
  const text = comparisonMarkdown(aComparison);
  const page = await writtenPage(text.slice(0, text.trimEnd().lastIndexOf('\n')));

  expect(outdated(aComparison, page)).toHaveLength(1);
});
