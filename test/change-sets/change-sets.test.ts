import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyPatch, copyCode } from '../../scripts/change-sets/working-copy.ts';
import {
  changes,
  countFilesTouched,
  filesIn,
} from '../../src/lab/comparison/measure/coupling/change-sets.ts';
import { architectureNames } from '../../src/shop/world.ts';
import { typeErrors } from './typed.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = fileURLToPath(new URL('./', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.patch'))
  .map((file) => file.replace(/\.patch$/, ''))
  .sort();
const patchOf = (name: string): string => join(folder, `${name}.patch`);

/** A copy of the code with the change in it, for each; beside one another, so that one run tests them all. */
const copies = mkdtempSync(join(tmpdir(), 'change-sets-'));
const copyOf = (name: string): string => join(copies, name.replace('/', '-'));
const refused = new Map<string, unknown>();
const filesOf = (name: string): string[] => filesIn(readFileSync(patchOf(name), 'utf8'));

beforeAll(async () => {
  for (const name of names) {
    const others = filesOf(name).filter((file) => !file.startsWith('src/') && existsSync(join(root, file)));
    await copyCode(root, copyOf(name), ['package.json', 'src', 'test/support', ...others]);
    await applyPatch(copyOf(name), patchOf(name)).catch((error) => refused.set(name, error));
  }
}, 120_000);

afterAll(() => rmSync(copies, { recursive: true }), 60_000);

it('every architecture has the same four changes', () => {
  const expected = architectureNames.flatMap((name) =>
    Object.values(changes).map((change) => `${name}/${change}`),
  );
  expect(names).toEqual(expected.sort());
});

// `npm run change-sets` makes those anew that only stand elsewhere now.
it.each(names)('%s fits the code as it stands', (name) => {
  expect(refused.get(name)).toBeUndefined();
});

const typeErrorsWith = lazy(typeErrors);

it('each of them passes the test that came with it', async () => {
  const tests = names.flatMap((name) =>
    filesOf(name)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join(copyOf(name), file)),
  );

  expect(await runTests(tests)).toEqual(tests.map((file) => `${file}: passed`).sort());
  expect(tests).toHaveLength(names.length);
}, 600_000);

it.each(names)(
  'with %s the code has no type errors',
  (name) => {
    const files = filesOf(name).filter((file) => file.endsWith('.ts'));
    const texts = files.map((file) => [file, readFileSync(join(copyOf(name), file), 'utf8')] as const);

    expect(typeErrorsWith()(new Map(texts))).toEqual([]);
  },
  240_000,
);

/** About no customer, and nobody wants it yet. */
const newEvent = `  StockChanged: defineMessage({
    type: 'StockChanged',
    source: '/services/pricing',
    subject: (data) => data.productId,
    versions: [z.object({ productId: idSchema, left: z.int().nonnegative() })],
  }),

`;

/** The catalogue of events with this in it. */
function catalogueWith(entry: string): ReadonlyMap<string, string> {
  const file = 'src/events/shop-events.ts';
  const last = '  DeadLetterAdded: defineMessage({';
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toContain(last);
  return new Map([[file, text.replace(last, entry + last)]]);
}

it('a new event is one entry in the catalogue: until somebody wants it, nobody has to mention it', () => {
  const inSource = typeErrorsWith()(catalogueWith(newEvent)).filter((error) => !error.startsWith('test/'));

  expect(inSource).toEqual([]);
}, 240_000);

it('one that makes no sense is found', () => {
  const errors = typeErrorsWith()(catalogueWith(newEvent.replace('data.productId', 'data.shelf')));

  expect(errors).toContainEqual(expect.stringContaining('src/events/shop-events.ts'));
}, 240_000);

it('what does not fit a change any more is found, though it has not changed itself', () => {
  const file = 'src/flows/iot/statistics.ts';
  const renamed = readFileSync(join(root, file), 'utf8').replace('const anomalyStage', 'const anotherStage');

  expect(typeErrorsWith()(new Map([[file, renamed]]))).toContainEqual(
    expect.stringContaining('src/flows/iot/run.ts'),
  );
}, 240_000);

it.each(architectureNames)('what compare says of %s is what the patches touch, tests aside', async (name) => {
  const countOf = (change: string): number =>
    new Set(filesOf(`${name}/${change}`).filter((file) => !file.startsWith('test/'))).size;

  expect(await countFilesTouched(root, name)).toEqual({
    event: countOf('event'),
    notificationType: countOf('notification-type'),
    channel: countOf('channel'),
    subscriber: countOf('subscriber'),
  });
});

/** In a process of its own: `file: passed` for each. */
function runTests(files: readonly string[]): Promise<string[]> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['run', '--root', copies, '--pool=threads', '--no-isolate', '--reporter=json'];
  // Otherwise it takes itself for a part of the run that it stands in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST')));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, ...options, ...files],
      { cwd: copies, env, maxBuffer: 2 ** 26 },
      (_, stdout, stderr) => {
        const report = stdout.startsWith('{') ? JSON.parse(stdout) : undefined;
        const results: { name: string; status: string }[] = report?.testResults ?? [];
        resolve(report ? results.map(({ name, status }) => `${name}: ${status}`).sort() : [stdout + stderr]);
      },
    );
  });
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
