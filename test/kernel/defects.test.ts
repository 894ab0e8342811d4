import { AssertionError } from 'node:assert';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { defectOf, InputError } from '../../src/kernel/index.ts';

/** What `work` throws, or rejects with. */
async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

const nothing = undefined as unknown as { id: string };

test.each<[string, () => unknown, string]>([
  ['a property of undefined', () => nothing.id.length, 'TypeError'],
  // biome-ignore lint/suspicious/noExplicitAny: a mistake that does not compile
  ['a name that does not exist', () => (globalThis as any).eval('nobody'), 'ReferenceError'],
  ['a length below zero', () => new Array(-1), 'RangeError'],
  ['an address that cannot be decoded', () => decodeURIComponent('%'), 'URIError'],
  ['code that cannot be read', () => new Function('{'), 'SyntaxError'],
  ['an argument that Node refuses', () => Buffer.from(nothing as never), 'TypeError'],
  ['an address that is none', () => new URL('nowhere'), 'TypeError'],
  ['a request to an address that is none', () => fetch('nowhere'), 'TypeError'],
  [
    'an assertion',
    () => {
      throw new AssertionError({ message: 'three is not four' });
    },
    'AssertionError',
  ],
])('%s is a defect', async (_, work, name) => {
  expect(defectOf(await thrownBy(work))).toMatchObject({ name });
});

test('says which line made it', async () => {
  const thrown = await thrownBy(() => nothing.id);

  expect(defectOf(thrown)?.at).toMatch(/^defects\.test\.ts:\d+:\d+$/);
});

test('says nothing of a line where nobody can tell', () => {
  const bare = Object.assign(new TypeError('no'), { stack: undefined });
  const strange = Object.assign(new TypeError('no'), { stack: 'TypeError: no\n    at <anonymous>' });

  expect(defectOf(bare)).toEqual({ name: 'TypeError', at: undefined });
  expect(defectOf(strange)).toEqual({ name: 'TypeError', at: undefined });
});

test('whoever cannot be reached, breaks off or answers nonsense is no defect', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/breaks-off') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x', () => response.destroy());
    } else response.end('<html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const brokenOff = await thrownBy(async () => (await fetch(`${base}/breaks-off`)).text());
  const nonsense = await thrownBy(async () => (await fetch(base)).json());
  await new Promise((resolve) => server.close(resolve));
  const unreachable = await thrownBy(() => fetch(base));

  for (const trouble of [brokenOff, unreachable]) expect(trouble).toBeInstanceOf(TypeError);
  expect(nonsense).toBeInstanceOf(SyntaxError);
  expect([brokenOff, nonsense, unreachable].map(defectOf)).toEqual([undefined, undefined, undefined]);
});

test.each<[string, unknown]>([
  ['an error of the operating system', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['an error that somebody explains', new InputError({ message: 'no', help: 'none' })],
  ['an error with a defect as its cause', new Error('sending failed', { cause: new TypeError('no') })],
  ['a text', 'TypeError: no'],
  ['nothing', undefined],
])('%s is no defect', (_, thrown) => {
  expect(defectOf(thrown)).toBeUndefined();
});

test('what is wrapped in circles comes to an end', () => {
  const error = new TypeError('no');
  error.cause = error;

  expect(defectOf(error)).toMatchObject({ name: 'TypeError' });
});
