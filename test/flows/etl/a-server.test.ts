import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpSource } from '../../../src/flows/etl/http-source.ts';
import { prepareLoad } from '../../../src/flows/etl/run.ts';
import { InputError, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { anOutside, aProcess, failedChecks, header } from './a-warehouse.ts';

const rides = Array.from({ length: 20 }, (_, index) => `${index + 1},2026-03-02 08:10,North,1.0,1.00`);
const text = `${[header, ...rides].join('\n')}\n`;
const all = { read: 20, loaded: 20, duplicates: 0, rejected: 0 };
const sizes = { recordsAPage: 3, rowsABatch: 6 };

/** Answers as it is told, one request after the other; the last way is the way from then on. */
async function aServer(...answers: readonly RequestListener[]) {
  let requests = 0;
  const server = createServer((request, response) => {
    answers[Math.min(requests++, answers.length - 1)]?.(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/rides.csv`, port, server, requests: () => requests };
}

const well: RequestListener = (_, response) => void response.end(text);
const answers =
  (status: number, headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end('sorry');
/** Half of it, and then the connection is gone. */
const breaksOff: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
};

/** Resolves with what it failed on. */
async function readAll(bytes: AsyncIterable<Buffer>): Promise<unknown> {
  try {
    for await (const _ of bytes);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

/** One load from a server; how long it was left alone each time, in place of waiting. */
async function load(address: string, outside?: ReturnType<typeof anOutside>) {
  const pauses: number[] = [];
  const wait = async (ms: number) => void pauses.push(ms);
  const source = httpSource(address, { wait, clock: new VirtualClock(Date.parse('2026-03-03T00:00:00Z')) });
  const around = outside ?? anOutside(source);
  const report = await aProcess('durable', { ...around, source, lives: ++around.lives }, sizes).load();
  if (outside === undefined) await around.datastore.close();
  return { report, pauses };
}

test('rides of a server are loaded, and the next time those that are new', async () => {
  let now = text;
  const { address } = await aServer((_, response) => void response.end(now));
  const outside = anOutside(httpSource(address));

  expect((await load(address, outside)).report.data).toMatchObject({ source: address, run: all });
  now += '21,2026-03-02 08:10,South,1.0,1.00\n';
  const { report } = await load(address, outside);
  expect(report.data).toMatchObject({ run: { read: 1, loaded: 1 }, warehouse: { rows: 21 } });
  expect(failedChecks(report)).toEqual([]);
  await outside.datastore.close();
});

test.each([
  ['answers 500', answers(500), [1000, 2000, 4000]],
  // At the first look its columns are well.
  ['breaks off', breaksOff, [1000, 2000]],
  ['hangs up', (_: unknown, response: ServerResponse) => void response.destroy(), [1000, 2000, 4000]],
])('one that %s three times is asked again, each time a little later', async (_, badly, expected) => {
  const { address, requests } = await aServer(badly, badly, badly, well);
  const { report, pauses } = await load(address);

  expect(report.data).toMatchObject({ status: 'completed', run: all });
  expect(failedChecks(report)).toEqual([]);
  expect(pauses).toEqual(expected);
  expect(requests()).toBe(4);
});

test('one that stays down halts the run, which goes on where it was when the server is well', async () => {
  let isWell = false;
  const { address, requests } = await aServer((request, response) =>
    (isWell ? well : breaksOff)(request, response),
  );
  const outside = anOutside(httpSource(address));

  const { data } = (await load(address, outside)).report;
  expect(data).toMatchObject({ status: 'halted', halt: expect.stringMatching(/broke off behind \d+ bytes/) });
  expect(data.watermark).toMatchObject({ line: 10 });
  // It was looked at once, and then asked as often as a stage is tried.
  expect(requests()).toBe(1 + 4);
  isWell = true;
  const { report } = await load(address, outside);
  expect(report.data).toMatchObject({ status: 'completed', run: all, warehouse: { rows: 20 } });
  expect(failedChecks(report)).toEqual([]);
  await outside.datastore.close();
});

test.each([
  ['seconds', '7', 7000],
  ['a date', 'Tue, 03 Mar 2026 00:00:09 GMT', 9000],
  ['neither', 'soon', 1000],
])('a server that says in %s when to come back is left alone until then', async (_, retryAfter, ms) => {
  const { address } = await aServer(answers(429, { 'retry-after': retryAfter }), well);
  const { report, pauses } = await load(address);

  expect(report.data).toMatchObject({ run: all });
  expect(pauses).toEqual([ms]);
});

test('one that wants to be left alone for an hour is, and the run halts', async () => {
  const { address, requests } = await aServer(answers(503, { 'retry-after': '3600' }));
  const { report, pauses } = await load(address);

  expect(report.data).toMatchObject({
    status: 'halted',
    halt: expect.stringMatching(/answers 503, and wants to be left alone for 3600 s$/),
  });
  expect([pauses, requests()]).toEqual([[], 1]);
});

test('one that says nothing is given up after half a minute, before its answer and in the middle', async () => {
  const clock = new VirtualClock(0);
  let arrived = (): void => {};
  const { address } = await aServer(
    () => arrived(),
    (_, response) => void response.write(text.slice(0, 100), () => arrived()),
  );
  const source = httpSource(address, { clock, wait: async () => {} });
  const failure = async (): Promise<unknown> => {
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const reading = readAll(source.bytes());
    await isThere;
    for (let turn = 0; turn < 100; turn++) {
      await clock.advanceTo(clock.now() + 31_000, async () => {});
      await new Promise(setImmediate);
    }
    return reading;
  };

  expect(await failure()).toMatchObject({ message: expect.stringMatching(/says nothing for 30 s$/) });
  expect(await failure()).toMatchObject({ message: expect.stringMatching(/says nothing for 30 s$/) });
});

test('where it sends to, its rides are', async () => {
  const { address } = await aServer(answers(302, { location: '/elsewhere.csv' }), well);

  expect((await load(address)).report.data).toMatchObject({ source: address, run: all });
});

test('one that redirects in circles is given up', async () => {
  const { address } = await aServer(answers(302, { location: '/rides.csv' }));

  expect((await load(address)).report.data).toMatchObject({ status: 'halted' });
});

test('what is not read is not sent: a source without end costs no memory', async () => {
  let sent = 0;
  let isGone = false;
  const { address } = await aServer((_, response) => {
    const line = Buffer.from('1,2026-03-02 08:10,North,1.0,1.00\n'.repeat(2000));
    const pour = (): void => {
      while (!response.destroyed && response.write(line)) sent += line.length;
    };
    response.on('drain', pour).on('close', () => {
      isGone = true;
    });
    response.write(`${header}\n`);
    pour();
  });
  const chunks = httpSource(address).bytes()[Symbol.asyncIterator]();
  await chunks.next();
  for (let before = -1; before !== sent; await new Promise((resolve) => setTimeout(resolve, 20)))
    before = sent;

  expect(sent).toBeLessThan(50_000_000);
  await chunks.return?.(undefined);
  await expect.poll(() => isGone).toBe(true);
});

test.each([
  ['an address that there is not', answers(404), /^127\.0\.0\.1:\d+ answers 404$/],
  [
    'a page in place of rides',
    (_: unknown, response: ServerResponse) => void response.end('<html>'),
    /lacks the column ride_id/,
  ],
  [
    'nothing at all',
    (_: unknown, response: ServerResponse) => void response.end(),
    /lacks the column ride_id/,
  ],
])('%s is refused before anything is done', async (_, badly, words) => {
  const { address } = await aServer(badly);
  const refused = await prepareLoad({ kind: 'file', file: address }, seededRandom(1)).catch((error) => error);

  expect(refused).toBeInstanceOf(InputError);
  expect(refused.message).toMatch(words);
});

test.each([
  ['http://', /is no address/],
  ['http://ann:secret@127.0.0.1/rides.csv', /^the address at 127\.0\.0\.1 has a name or a password in it$/],
])('%s is no address of a source', async (file, words) => {
  await expect(prepareLoad({ kind: 'file', file }, seededRandom(1))).rejects.toThrow(words);
});
