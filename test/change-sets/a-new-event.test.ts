import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const catalogue = join(root, 'src/events/shop-events.ts');
const last = '  DeadLetterAdded: defineMessage({';

/** About no customer, and nobody wants it yet. */
const newEvent = `  StockChanged: defineMessage({
    type: 'StockChanged',
    source: '/services/pricing',
    subject: (data) => data.productId,
    versions: [z.object({ productId: idSchema, left: z.int().nonnegative() })],
  }),

`;

/** What TypeScript says of all of src/ when the catalogue of events reads like this. */
function typeErrorsWith(text: string): string[] {
  const tsconfig = join(root, 'tsconfig.json');
  const config = ts.getParsedCommandLineOfConfigFile(
    tsconfig,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => {},
    },
  );
  if (config === undefined) throw new Error(`${tsconfig} cannot be read`);
  const host = ts.createCompilerHost(config.options);
  const { readFile } = host;
  host.readFile = (path) => (resolve(path) === catalogue ? text : readFile(path));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(root, 'src', path));
  const program = ts.createProgram(files, config.options, host);
  return program
    .getSemanticDiagnostics()
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

test('a new event is one entry in the catalogue: until somebody wants it, nobody has to mention it', () => {
  const text = readFileSync(catalogue, 'utf8');
  expect(text).toContain(last);

  expect(typeErrorsWith(text.replace(last, newEvent + last))).toEqual([]);
});

test('one that makes no sense is found', () => {
  const text = readFileSync(catalogue, 'utf8');

  expect(
    typeErrorsWith(text.replace(last, newEvent.replace('data.productId', 'data.shelf') + last)),
  ).not.toEqual([]);
});
