import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequests } from '../../../src/flows/notification-requests/read-requests.ts';
import { csvRecords } from '../../../src/kernel/csv-records.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { fileWith, toArray } from './a-run.ts';

const header = 'user_id,channels,message,priority';

const read = (name: string, content: string | Buffer) => toArray(readRequests(fileWith(name, content)));

/** `2: ada`, or `2: !` for a complaint. */
const told = async (content: string | Buffer): Promise<string[]> =>
  (await read('requests.csv', content)).map(
    ({ place, request }) => `${place.replace('line ', '')}: ${request?.userId ?? '!'}`,
  );

describe('a line of a CSV file ends', () => {
  const rows = [header, 'ada,email,One,high', 'ben,email,Two,low', 'clara,sms,Three,low'];

  test.each([
    ['with LF', '\n'],
    ['with CRLF', '\r\n'],
    ['with CR alone, as on an old Mac', '\r'],
  ])('%s', async (_how, lineEnd) => {
    expect(await told(rows.join(lineEnd))).toEqual(['2: ada', '3: ben', '4: clara']);
  });

  test('with one or the other in the same file', async () => {
    expect(await told(`${rows[0]}\n${rows[1]}\r${rows[2]}\r\n${rows[3]}\r`)).toEqual([
      '2: ada',
      '3: ben',
      '4: clara',
    ]);
  });

  test('but not with what only looks like a line end', async () => {
    const [, first] = await read(
      'requests.csv',
      `${header}\nada,email,x,low\nben,email,a\u2028b\u0085c\vd,low`,
    );

    expect(first?.request?.message).toBe('a\u2028b\u0085c\vd');
  });
});

test('a CR inside a quoted text is a line break of that text', async () => {
  const [first, second] = await read('requests.csv', `${header}\nada,email,"one\rtwo",low\nben,sms,x,low`);

  expect(first?.request?.message).toBe('one\ntwo');
  expect(second?.request?.userId).toBe('ben');
});

test('two quotes too many do not swallow the rows between them', async () => {
  const rows = [
    'ada,email,"Hello one,high',
    'ben,email,Hello two,normal',
    'clara,email,Hello three",low',
    'dev,sms,x,low',
  ];

  const entries = await read('requests.csv', [header, ...rows].join('\n'));

  expect(entries.map(({ request, problem }) => request?.userId ?? problem)).toEqual([
    'a quote is opened, and the row in line 3 stands inside it',
    'ben',
    'a quote is opened and never closed',
    'dev',
  ]);
});

test('a zero byte is complained of', async () => {
  const [first] = await read('requests.csv', `${header}\nada,email,a\0b,low`);

  expect(first).toMatchObject({ place: 'line 2', problem: 'the line holds a zero byte' });
});

test('a column that is there twice is refused, since one of the two would be dropped', async () => {
  const refusal = await rejectionOf(() => read('requests.csv', `${header},message\nada,email,one,low,two`));

  expect(refusal).toMatchObject({ message: expect.stringContaining('has the column message twice') });
});

test.each(['requests.csv', 'requests.json'])('a %s in UTF-16 is named as what it is', async (name) => {
  const content = name.endsWith('csv') ? `${header}\nada,email,x,low` : '[{"userId":"ada"}]';

  const refusal = await rejectionOf(() => read(name, Buffer.from(`\uFEFF${content}`, 'utf16le')));

  expect(refusal).toMatchObject({
    message: expect.stringContaining('is in UTF-16'),
    help: 'Save it as UTF-8.',
  });
});

describe('a member that is there twice', () => {
  const request = '"userId":"ada","channels":["email"]';

  test('is complained of in its request, and does not stop the others', async () => {
    const content = `[{${request},"message":"one","message":"two"},{${request},"message":"three"}]`;

    const entries = await read('requests.json', content);

    expect(entries.map(({ request, problem }) => request?.message ?? problem)).toEqual([
      'message is there twice',
      'three',
    ]);
  });

  test('is refused when it is the whole list', async () => {
    const list = `[{${request},"message":"one"}]`;

    const refusal = await rejectionOf(() =>
      read('requests.json', `{"notifications":${list},"notifications":${list}}`),
    );

    expect(refusal).toMatchObject({ message: expect.stringContaining('says notifications twice') });
  });
});

/** Pieces of which lines are made: good rows, and what people and programs do to them. */
const junk = fc.constantFrom(
  '"',
  '""',
  ',',
  ' ',
  '\r',
  '\n',
  '\r\n',
  'x',
  'ada,email,Hi,low',
  '\t',
  '"a\nb"',
  '\u2028',
);
const goodRow = fc.nat({ max: 999 }).map((number) => `user-${number},email,Hello ${number},low`);

test('whatever stands in a file, each of its lines is a part of a record, a complaint, or blank', async () => {
  const anyFile = fc.array(fc.oneof(junk, goodRow), { maxLength: 40 }).map((pieces) => pieces.join(''));

  await fc.assert(
    fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 9 }), async (content, chunkLength) => {
      async function* chunks(): AsyncGenerator<Buffer> {
        const bytes = Buffer.from(content);
        for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
      }
      const records = await toArray(csvRecords(chunks()));
      const starts = records.map(({ line }) => line);

      // That none was lost is asserted where they are read, and would have thrown.
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      expect(records.length).toBeLessThanOrEqual(content.split(/\r\n|\n|\r/).length);
    }),
    { numRuns: 500 },
  );
});

test('a good row between lines of junk without a quote is always a request', async () => {
  const noQuote = fc
    .array(fc.constantFrom(',', ' ', 'x', ';', '\t', ',,,'), { maxLength: 6 })
    .map((it) => it.join(''));
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  const line = fc.tuple(fc.oneof(noQuote, goodRow), lineEnd);

  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
      const content = `${header}\n${lines.map(([text, end]) => text + end).join('')}`;
      const users = lines.flatMap(([text]) => /^user-\d+/.exec(text)?.[0] ?? []);
      fc.pre(users.length > 0);

      const entries = await read('requests.csv', content);

      expect(
        entries.flatMap(({ request }) => (request?.userId.startsWith('user-') ? request.userId : [])),
      ).toEqual(users);
    }),
    { numRuns: 200 },
  );
});
