import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  fansOf,
  graphOf,
  ImportGraphIncompleteError,
  reachedFrom,
  readImportGraph,
} from '../../../../src/lab/comparison/measure/coupling/import-graph.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const graph = new Map([
  ['src/shop/index.ts', ['src/shop/sell.ts']],
  ['src/shop/sell.ts', ['src/log/index.ts', 'src/shop/price.ts']],
  ['src/shop/price.ts', ['src/log/index.ts']],
  ['src/log/index.ts', ['src/log/file.ts']],
  ['src/log/file.ts', []],
  ['src/demo/cli.ts', ['src/shop/index.ts', 'src/log/index.ts']],
]);

it('a module reaches what it imports, and what that imports', () => {
  expect([...reachedFrom(graph, 'src/shop/sell.ts')]).toEqual([
    'src/log/index.ts',
    'src/shop/price.ts',
    'src/log/file.ts',
  ]);
});

it('modules that import each other are reached once', () => {
  const circle = new Map([
    ['src/a/a.ts', ['src/b/b.ts']],
    ['src/b/b.ts', ['src/a/a.ts']],
  ]);

  expect([...reachedFrom(circle, 'src/a/a.ts')]).toEqual(['src/b/b.ts']);
});

it('each module outside a room counts once, however often it imports or is imported', () => {
  expect(fansOf(graph, 'shop')).toEqual({ in: 1, out: 1 });
  expect(fansOf(graph, 'log')).toEqual({ in: 3, out: 0 });
});

describe('of this house', () => {
  it('every file is in the graph, and types count as imports', async () => {
    const house = await readImportGraph(root);

    expect(house.get('src/api-driven/calling-ports.ts')).toEqual([
      'src/services/index.ts',
      'src/api-driven/hand-over.ts',
      'src/api-driven/notification-api.ts',
    ]);
  });
});

it('a graph in which a file is missing is not believed', () => {
  const files = ['src/kernel/ids.ts', 'src/kernel/clock.ts'];

  // What dependency-cruiser says where it finds no TypeScript that it knows.
  expect(() => graphOf([], files)).toThrow(ImportGraphIncompleteError);
  expect(() => graphOf([], files)).toThrow(
    expect.objectContaining({
      code: 'import_graph_incomplete',
      message: '2 of 2 files are not in the import graph, src/kernel/ids.ts among them',
      help: expect.stringContaining('TypeScript'),
    }),
  );
});
