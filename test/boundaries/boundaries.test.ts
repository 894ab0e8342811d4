import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { describe, expect, test } from 'vitest';

const pathTo = (relative: string) => fileURLToPath(new URL(relative, import.meta.url)).replace(/\/$/, '');
const root = pathTo('../../');
const fixtures = pathTo('./fixtures/');
const options = await extractDepcruiseOptions(`${root}/.dependency-cruiser.mjs`);
const ruleNames = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? '');

async function cruiseHouse(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(folders, { ...options, baseDir });
  if (typeof output === 'string') throw new Error(`expected a result object, got: ${output}`);
  return output;
}

const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const cruiseFixture = (name: string) => cruiseHouse(`${fixtures}/${name}`, foldersOf(`${fixtures}/${name}`));

const rulesBroken = (result: ICruiseResult) =>
  [...new Set(result.summary.violations.map(({ rule }) => rule.name))].sort();

const violationsIn = (result: ICruiseResult) =>
  result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

/** Each fixture is a small house with one fault; the rules on the right are those that must notice. */
const faults: Record<string, string[]> = {
  'value-import-upward': ['arrows-go-down-from-kernel'],
  'type-import-upward': ['arrows-go-down-from-kernel'],
  'every-room-looks-up': [
    ...ruleNames.filter((name) => /^arrows-go-down-from-(?!demo$)/.test(name)),
    'services-know-no-notifications',
    'the-pipeline-runtime-serves-any-flow',
  ],
  'unlisted-room': ['arrows-go-down-from-demo', 'every-file-has-a-room'],
  'architecture-imports-architecture': ['architectures-are-islands'],
  'services-reach-notifications': ['arrows-go-down-from-bus', 'services-know-no-notifications'],
  'runtime-reads-the-datastore': ['the-pipeline-runtime-serves-any-flow'],
  'flow-imports-flow': ['flows-are-islands'],
  'operations-reach-the-lab': ['arrows-go-down-from-bus', 'operations-need-no-lab'],
  'beside-the-rooms': ['every-file-of-a-row-has-a-room'],
  'past-a-rooms-door': ['through-the-door'],
  'deep-import': ['through-the-door'],
  'nested-index-import': ['through-the-door'],
  'example-past-the-door': ['through-the-door-from-outside'],
  'command-line-imported': ['nothing-imports-the-command-line'],
  'src-imports-test': ['src-stands-alone'],
  cycle: ['no-cycles'],
  'type-cycle': ['no-cycles'],
  'dev-dependency': ['no-dev-dependencies-in-src'],
  'undeclared-dependency': ['no-undeclared-dependencies'],
  'unresolvable-import': ['no-unresolvable-imports'],
};

describe('the rules bite', () => {
  test.each(Object.entries(faults))(
    'the fault in the fixture %s is noticed, by the rules that forbid it and no other',
    async (fixture, expected) => {
      expect(rulesBroken(await cruiseFixture(fixture))).toEqual([...expected].sort());
    },
  );

  test('a legal house breaks none, though all its imports are seen', async () => {
    const result = await cruiseFixture('legal');
    expect(violationsIn(result)).toEqual([]);
    expect(result.summary.totalDependenciesCruised).toBe(9);
  });

  test('every rule is proved by a fixture, and every fixture is used', () => {
    expect([...new Set(Object.values(faults).flat())].sort()).toEqual([...ruleNames].sort());
    expect([...Object.keys(faults), 'legal'].sort()).toEqual(foldersOf(fixtures).sort());
  });
});

describe('the house', () => {
  const result = cruiseHouse(
    root,
    foldersOf(root).filter((name) => /^(src|bench|examples|scripts|test)$/.test(name)),
  );
  const modules = async () => (await result).modules.filter(({ source }) => source.startsWith('src/'));

  test('breaks no rule', async () => {
    expect(violationsIn(await result)).toEqual([]);
  });

  // When dependency-cruiser cannot read TypeScript it finds nothing, and nothing breaks no rule.
  test('was really read: every file of every room', async () => {
    const onDisk = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name))
      .map((name) => `src/${name}`);
    expect((await modules()).map(({ source }) => source).sort()).toEqual(onDisk.sort());
    expect(onDisk.length).toBeGreaterThan(foldersOf(`${root}/src`).length);
  });

  test('was really read: every room but the lowest imports another, type imports count', async () => {
    const roomOf = (path: string) => path.split('/')[1] ?? '';
    const seen = await modules();
    const arrows = seen.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => resolved.startsWith('src/') && roomOf(resolved) !== roomOf(source))
        .map(({ dependencyTypes }) => ({
          from: roomOf(source),
          isType: dependencyTypes.includes('type-only'),
        })),
    );
    const rooms = new Set(seen.map(({ source }) => roomOf(source)).filter((room) => room !== 'kernel'));
    expect(new Set(arrows.map(({ from }) => from))).toEqual(rooms);
    expect(arrows.some(({ isType }) => isType)).toBe(true);
  });
});
