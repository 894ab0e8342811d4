import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { TreeNode } from '../../../src/report/index.ts';
import { toLines } from '../../../src/report/index.ts';

const drawTree = (root: TreeNode, width: number, colors = pc.createColors(false)): string[] =>
  toLines([{ kind: 'tree', root }], { width, colors });

const node = (text: string, ...children: TreeNode[]): TreeNode => ({ lines: [{ text }], children });

test('what follows from something hangs below it', () => {
  const tree = node('cause', node('one', node('its end')), node('other'));

  expect(drawTree(tree, 80)).toEqual(['cause', '├─ one', '│  └─ its end', '└─ other']);
});

test('long text goes on below itself, within the width', () => {
  const tree = node(
    'cause',
    node('words that are too long for it'),
    node('the last words, too long as well'),
  );

  expect(drawTree(tree, 24)).toEqual([
    'cause',
    '├─ words that are too',
    '│  long for it',
    '└─ the last words, too',
    '   long as well',
  ]);
});

test('a tone colours each line, and is not counted', () => {
  const tree: TreeNode = {
    lines: [{ text: 'twenty letters and more', tone: 'strong' }],
    children: [],
  };

  const colors = pc.createColors(true);

  expect(drawTree(tree, 20, colors)).toEqual([colors.bold('twenty letters and'), colors.bold('more')]);
});
