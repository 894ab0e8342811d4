import { describe, expect, test } from 'vitest';
import { readRequests } from '../../../src/flows/notification-requests/read-requests.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { fileWith, toArray } from './a-run.ts';

const header = 'user_id,channels,message,priority';

const read = (content: string | Buffer) => toArray(readRequests(fileWith('requests.csv', content)));

/** `line 2: ada email,sms high “Hi”`, or what is wrong there. */
async function told(content: string | Buffer): Promise<string[]> {
  return (await read(content)).map(({ place, request, problem }) =>
    request === undefined
      ? `${place}: ${problem}`
      : `${place}: ${request.userId} ${request.channels} ${request.priority} “${request.message}”`,
  );
}

const rows = (...lines: string[]): string => [header, ...lines].join('\n');

describe('a row', () => {
  test('is a request, with its channels parted by |', async () => {
    expect(await told(rows('ada,email|sms,Hi,high'))).toEqual(['line 2: ada email,sms high “Hi”']);
  });

  test('may quote a comma, a quote and a line break', async () => {
    expect(
      await told(rows('ada,email,"Hi, ""you""",high', 'ben,sms,"one\ntwo",low', 'clara,sms,x,low')),
    ).toEqual([
      'line 2: ada email high “Hi, "you"”',
      'line 3: ben sms low “one\ntwo”',
      'line 5: clara sms low “x”',
    ]);
  });

  test('without a priority has the normal one', async () => {
    expect(await told(rows('ada,email,Hi,'))).toEqual(['line 2: ada email normal “Hi”']);
  });

  test('may have space around what it says', async () => {
    expect(await told(rows(' ada , email | sms | ," Hi ",  high '))).toEqual([
      'line 2: ada email,sms high “ Hi ”',
    ]);
  });

  test('is left for validation to judge', async () => {
    expect(await told(rows(',,,urgent', 'zoe,fax,"",'))).toEqual([
      'line 2:   urgent “”',
      'line 3: zoe fax normal “”',
    ]);
  });
});

describe('a file', () => {
  test('may begin with a byte order mark, and have the line ends of Windows', async () => {
    const content = `\uFEFF${header}\r\nada,email,"one\r\ntwo",high\r\n\r\nben,sms,x,low\r\n`;

    expect(await told(content)).toEqual(['line 2: ada email high “one\ntwo”', 'line 5: ben sms low “x”']);
  });

  test('need not end with a line end', async () => {
    expect(await told(rows('ada,email,Hi,high'))).toHaveLength(1);
    expect(await told(`${rows('ada,email,Hi,high')}\n\n`)).toHaveLength(1);
  });

  test('may have its columns in another order, and others among them', async () => {
    const content = 'Priority,note,MESSAGE,user_id,channels\nhigh,-,Hi,ada,email';

    expect(await told(content)).toEqual(['line 2: ada email high “Hi”']);
  });

  test.each([
    ['user_id,channels,priority', 'message'],
    ['user_id;channels;message;priority', 'user_id, channels, message, priority'],
    ['ada,email,Hi,high', 'user_id, channels, message, priority'],
    ['"user_id,channels', 'user_id, channels, message, priority'],
  ])('that begins with %j lacks a column, and is not read', async (firstLine, missing) => {
    const file = fileWith('requests.csv', `${firstLine}\nada,email,Hi,high`);

    expect(await rejectionOf(() => toArray(readRequests(file)))).toMatchObject({
      name: 'InputError',
      message: `${JSON.stringify(file)} lacks the column ${missing} in its first row`,
      help: 'Begin it with user_id,channels,message,priority in UTF-8, parted by commas.',
    });
  });

  test.each([
    ['nothing', ''],
    ['no row', `${header}\n\n`],
  ])('with %s in it holds no request', async (_, content) => {
    const file = fileWith('requests.csv', content);

    expect(await rejectionOf(() => toArray(readRequests(file)))).toMatchObject({
      message: `${JSON.stringify(file)} holds no request`,
    });
  });

  test('says how much of it has been read', async () => {
    const shares = (await read(rows('ada,email,Hi,high', 'ben,email,Hi,high'))).map(({ share }) => share);

    expect(shares.at(-1)).toBe(1);
  });
});

describe('a bad row names its line, and does not stop the good ones:', () => {
  const good = 'ben,sms,fine,low';
  const fine = (line: number): string => `line ${line}: ben sms low “fine”`;

  test.each([
    ['ada,email,Hi', 'it has 3 columns and the first row 4'],
    ['ada,email,Hi, you,high', 'it has 5 columns and the first row 4; put quotes around a text with a comma'],
    [
      'ada,email,say "hi",high',
      'a quote is out of place; quote the whole text, and double the quotes inside',
    ],
    [
      'ada,email,"hi" you,high',
      'a quote is out of place; quote the whole text, and double the quotes inside',
    ],
    ['ada,email,"hi"you",high', 'a quote is opened and never closed'],
    ['ada,email,"never closed,high', 'a quote is opened and never closed'],
    ['ada,email,6" pipe,high', 'a quote is opened and never closed'],
  ])('%s', async (row, problem) => {
    expect(await told(rows(good, row, good, good))).toEqual([
      fine(2),
      `line 3: ${problem}`,
      fine(4),
      fine(5),
    ]);
  });

  test('a quote too many, with a good quoted text behind it', async () => {
    expect(await told(rows('ada,email,6" pipe,high', 'ben,sms,"one, two",low', good))).toEqual([
      'line 2: a quote is opened and never closed',
      'line 3: ben sms low “one, two”',
      fine(4),
    ]);
  });

  test('a quote too many, with the quotes of the rest of a long file behind it', async () => {
    const many = Array.from({ length: 500 }, () => good);

    expect(await told(rows('ada,email,"open,high', ...many))).toHaveLength(501);
  });

  test('a line that is not UTF-8', async () => {
    const content = Buffer.concat([
      Buffer.from(`${header}\nada,email,Gr`),
      Buffer.from([0xfc]),
      Buffer.from(`n,high\n${good}\n`),
    ]);

    expect(await told(content)).toEqual(['line 2: the line is not UTF-8', fine(3)]);
  });

  test('a line that never ends', async () => {
    expect(await told(rows(`ada,email,${'x'.repeat(2 ** 20)},high`, good))).toEqual([
      'line 2: the line is longer than 1 MiB',
      fine(3),
    ]);
  });
});
