import { expect, test } from 'vitest';
import { drawTree, type TreeNode } from '../../../src/report/tree.ts';

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

test('a style is put around each line, and not counted', () => {
  const tree: TreeNode = {
    lines: [{ text: 'twenty letters and more', style: (text) => `<${text}>` }],
    children: [],
  };

  expect(drawTree(tree, 20)).toEqual(['<twenty letters and>', '<more>']);
});
