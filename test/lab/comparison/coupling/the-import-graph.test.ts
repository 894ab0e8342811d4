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
  it('types count as imports, and so does what is loaded only when it is needed', async () => {
    const house = await readImportGraph(root);

    expect(house.get('src/operations/status/index.ts')).toContain('src/operations/status/prometheus.ts');

    expect(house.get('src/api-driven/calling-ports.ts')).toEqual([
      'src/services/index.ts',
      'src/api-driven/hand-over.ts',
      'src/api-driven/notification-api.ts',
    ]);
  });
});

it('imports count once, from modules of src/ to modules of src/', () => {
  const importsOf = new Map([
    ['src/a/a.ts', ['node:fs', 'zod', '../b/b.ts', './c.ts', '../b/b.ts']],
    ['src/a/c.ts', []],
    ['src/b/b.ts', []],
  ]);

  expect(graphOf(importsOf).get('src/a/a.ts')).toEqual(['src/b/b.ts', 'src/a/c.ts']);
});

it('a graph with a hole is not believed', () => {
  const importsOf = new Map([['src/kernel/ids.ts', ['./clock.ts']]]);

  expect(() => graphOf(importsOf)).toThrow(ImportGraphIncompleteError);
  expect(() => graphOf(importsOf)).toThrow(
    expect.objectContaining({
      code: 'import_graph_incomplete',
      message: 'src/kernel/ids.ts imports src/kernel/clock.ts, which is not there',
    }),
  );
});
