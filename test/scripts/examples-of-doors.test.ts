import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkExamples, exampleIn } from '../../scripts/readme/examples.ts';

const house = join(import.meta.dirname, '../..');
let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

const door = (...code: string[]): string =>
  ['/**', ' * A lamp.', ' *', ' * @example', ' * ```ts', ...code.map((line) => ` * ${line}`), ' * ```', ' */']
    .concat("export { light } from './lamp.ts';\n")
    .join('\n');

function rooms(files: Record<string, string>): string {
  root = mkdtempSync(join(tmpdir(), 'examples-'));
  for (const [path, text] of Object.entries({
    'src/lamp/lamp.ts': 'export const light = () => 1;\n',
    ...files,
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const name of ['node_modules', 'tsconfig.json']) symlinkSync(join(house, name), join(root, name));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  return root;
}

const lit = "import { light } from './src/lamp/index.ts';";

test('an example that compiles and runs passes, and leaves nothing behind', async () => {
  expect(await checkExamples(rooms({ 'src/lamp/index.ts': door(lit, 'console.log(light());') }))).toEqual([]);
  expect(readdirSync(root).filter((name) => name.startsWith('.examples'))).toEqual([]);
});

test('a door without one, one that does not compile, and one that throws are told with their lines', async () => {
  const failures = await checkExamples(
    rooms({
      'src/bare/index.ts': "export { light } from '../lamp/index.ts';\n",
      'src/lamp/index.ts': door(lit, 'const dark: string = light();', 'console.log(dark);'),
      'src/wild/index.ts': door(lit, "if (light() > 0) throw new Error('too bright');").replace(
        './lamp',
        '../lamp/lamp',
      ),
    }),
  );

  expect(failures).toEqual([
    'src/bare/index.ts:1: no example: a ```ts block behind @example',
    "src/lamp/index.ts:7: error TS2322: Type 'number' is not assignable to type 'string'.",
    'src/wild/index.ts:6: this example exits with 1: Error: too bright',
  ]);
});

test('every door of this house has an example', () => {
  const doors = readdirSync(join(house, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)index\.ts$/.test(path),
  );
  expect(doors.length).toBeGreaterThan(20);
  for (const path of doors)
    expect({ path, example: exampleIn(path, readFileSync(join(house, 'src', path), 'utf8')) }).toMatchObject({
      example: { code: expect.stringContaining("from './src/") },
    });
});
