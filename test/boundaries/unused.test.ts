import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const house = join(import.meta.dirname, '../..');
let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A small house under this project's own settings: a lamp behind a door, and a command that asks for its light. */
const files = {
  'package.json': JSON.stringify({
    type: 'module',
    exports: { '.': './src/hall/index.ts' },
    scripts: { look: 'node src/hall/cli.ts' },
  }),
  'src/hall/cli.ts': `import { light } from '../lamp/index.ts';\nconsole.log(light());\n`,
  'src/hall/index.ts': `export { light } from '../lamp/index.ts';\nexport const published = 1;\n`,
  'src/lamp/index.ts': `export { dim, light, type Shade } from './lamp.ts';\n`,
  'src/lamp/lamp.ts': [
    'export type Shade = number;',
    'export const light = (): Shade => 1;',
    'export const dim = (): Shade => light() / 2;',
    'console.log(dim());',
  ].join('\n'),
};

/** What `npm run unused` says of this house, one name a line. */
function unusedIn(house: string, files: Record<string, string>): string[] {
  root = mkdtempSync(join(tmpdir(), 'unused-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  copyFileSync(join(house, 'knip.json'), join(root, 'knip.json'));
  symlinkSync(join(house, 'node_modules'), join(root, 'node_modules'));
  const { stdout } = spawnSync(
    'node',
    [join(house, 'node_modules/knip/bin/knip.js'), '--reporter', 'compact'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return stdout.split('\n').filter((line) => /^src\//.test(line));
}

test('a value and a type that a door shows and nobody imports are found; what is published is not', () => {
  expect(unusedIn(house, files)).toEqual([
    'src/lamp/index.ts: dim',
    'src/lamp/lamp.ts: dim',
    'src/lamp/index.ts: Shade',
  ]);
});

test('a file that only a door reaches is found with what it exports', () => {
  const lonely = {
    ...files,
    'src/lamp/index.ts': `${files['src/lamp/index.ts']}export { wick } from './wick.ts';\n`,
    'src/lamp/wick.ts': 'export const wick = 1;\n',
  };
  expect(unusedIn(house, lonely)).toContain('src/lamp/index.ts: dim, wick');
});
