/**
 * What one `shipOrder` sets in motion, by architecture and bus: how many functions are entered until all is settled,
 * in how many files, and how often the one entered next stands in another file. The sources are transpiled into a
 * cache with a note at the start of every function; nothing else about them changes.
 */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { architectureNames, busNames, type createWorld, hasBus } from '../src/shop/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const traced = join(root, 'node_modules/.cache/trace-message');
/** The file and the name of every function that was entered, in order. */
const entered: { file: string; name: string }[] = [];

/** Puts a call of `__entered` at the start of every function of a JavaScript text. */
function withNotes(file: string, text: string): string {
  const added: { at: number; what: string }[] = [];
  const visit = (node: ts.Node): void => {
    const body = ts.isFunctionLike(node) && 'body' in node ? (node.body as ts.Node | undefined) : undefined;
    if (body !== undefined) {
      const { name } = node as ts.NamedDeclaration;
      const note = `__entered(${JSON.stringify(file)}, ${JSON.stringify(name?.getText() ?? 'anonymous')})`;
      if (ts.isBlock(body)) added.push({ at: body.getStart() + 1, what: ` ${note};` });
      else added.push({ at: body.getStart(), what: `(${note}, ` }, { at: body.end, what: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.JS));
  added.sort((one, other) => other.at - one.at);
  return added.reduce((rest, { at, what }) => rest.slice(0, at) + what + rest.slice(at), text);
}

/** @returns the folder with the sources as they note themselves. */
async function transpile(): Promise<string> {
  const from = join(root, 'src');
  await rm(traced, { recursive: true, force: true });
  await cp(from, traced, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  for (const file of await readdir(from, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(await readFile(join(from, file), 'utf8'), {
      fileName: file,
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    await writeFile(join(traced, file.replace(/\.ts$/, '.js')), withNotes(file, outputText));
  }
  await writeFile(join(traced, 'package.json'), '{"type":"module"}');
  return traced;
}

async function trace(
  makeWorld: typeof createWorld,
  options: Parameters<typeof createWorld>[0],
): Promise<void> {
  const world = makeWorld(options);
  const { accounts, pricing, ordering } = world.architecture.services;
  const price = { amount: 3499, currency: 'USD' };
  const lineItems = [{ lineItemId: 'order-1-1', productId: 'helmet', quantity: 1 }];
  await world.architecture.start();
  await world.during(pricing.addProduct({ productId: 'helmet', name: 'Helmet', price }));
  await world.during(
    accounts.registerCustomer({
      customerId: 'kim',
      name: 'Kim',
      email: 'kim@example.com',
      segment: 'gold',
      locale: 'en-US',
      timeZone: 'Europe/Berlin',
    }),
  );
  await world.during(ordering.placeOrder({ orderId: 'order-1', customerId: 'kim', lineItems }));
  await world.finish();
  entered.length = 0;
  await ordering.shipOrder({ orderId: 'order-1' });
  await world.architecture.settle();
  const calls = entered.slice();
  await world.close();
  const files = new Set(calls.map(({ file }) => file)).size;
  const changes = calls.filter(({ file }, index) => index > 0 && file !== calls[index - 1]?.file).length;
  const asking = calls.filter(({ name }) => /idle|quiet|settled?$|^#?changed/i.test(name)).length;
  const which = `${options.architecture} (${options.bus})`.padEnd(28);
  console.log(
    `${which}${calls.length} calls, ${files} files, ${changes} changes of file; ${asking} ask whether it is idle`,
  );
}

Object.assign(globalThis, { __entered: (file: string, name: string) => entered.push({ file, name }) });
const door = pathToFileURL(join(await transpile(), 'shop/index.js')).href;
const { createWorld: makeWorld } = (await import(door)) as { createWorld: typeof createWorld };
const startMs = Date.parse('2026-03-02T10:00:00Z');
for (const architecture of architectureNames) {
  for (const bus of hasBus(architecture) ? busNames : busNames.slice(0, 1)) {
    await trace(makeWorld, { startMs, architecture, bus });
  }
}
