import { expect, test } from 'vitest';
import { readRequests } from '../../../src/flows/notification-requests/read-requests.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { fileWith, toArray } from './a-run.ts';

const ada = { userId: 'ada', channels: ['email', 'sms'], message: 'Hi', priority: 'high' };

const read = (content: string | Buffer) => toArray(readRequests(fileWith('requests.json', content)));
const refusal = (content: string | Buffer) => rejectionOf(() => read(content));

test.each<[string, unknown]>([
  ['an array', [ada, ada]],
  ['an object with notifications', { notifications: [ada, ada], version: 1 }],
])('%s is a list of requests', async (_, content) => {
  expect(await read(JSON.stringify(content))).toEqual([
    { place: '#1', share: 0.5, request: ada },
    { place: '#2', share: 1, request: ada },
  ]);
});

test('a byte order mark is no part of it', async () => {
  expect(await read(`\uFEFF${JSON.stringify([ada])}`)).toHaveLength(1);
});

test('priority may be left out, and the user be spelled as in CSV', async () => {
  const { userId, priority, ...rest } = ada;

  expect(await read(JSON.stringify([{ user_id: userId, ...rest }]))).toMatchObject([
    { request: { ...ada, priority: 'normal' } },
  ]);
});

test('an entry of the wrong shape names its place and all that is wrong, and does not stop the others', async () => {
  const entries = [7, null, { ...ada, channels: 'email', message: 5 }, { channels: [] }, ada];

  const told = (await read(JSON.stringify(entries))).map(({ place, problem }) => `${place}: ${problem}`);

  expect(told).toEqual([
    '#1: Invalid input: expected object, received number',
    '#2: Invalid input: expected object, received null',
    '#3: channels: Invalid input: expected array, received string; message: Invalid input: expected string, received number',
    '#4: userId: Invalid input: expected string, received undefined; message: Invalid input: expected string, received undefined',
    '#5: undefined',
  ]);
});

test.each(['{}', '7', 'null', '"requests"', '{"notifications":{"userId":"ada"}}', '{"requests":[]}'])(
  '%s is no list',
  async (content) => {
    expect(await refusal(content)).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/requests\.json" holds no list of notifications$/),
    });
  },
);

test.each([
  ['[\n{"userId":"ada",\n}]', / is not JSON: see line 3$/],
  ['[{"userId":"ada"}', / is not JSON: /],
  ['', / is not JSON: it ends too early$/],
  ['nonsense', / is not JSON$/],
])('%j is no JSON', async (content, message) => {
  expect(await refusal(content)).toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(message),
  });
});

test('what the file says is not repeated, since it may be private', async () => {
  expect(String(await refusal('{"message":"The code is 1234" "priority"'))).not.toContain('1234');
});

test('a file that is not UTF-8 is refused', async () => {
  expect(await refusal(Buffer.from([0x5b, 0x22, 0xfc, 0x22, 0x5d]))).toMatchObject({
    message: expect.stringMatching(/ is not UTF-8$/),
    help: 'Save it as UTF-8.',
  });
});

test.each(['[]', '{"notifications":[]}'])('%s holds no request', async (content) => {
  expect(await refusal(content)).toMatchObject({ message: expect.stringMatching(/ holds no request$/) });
});

test('a file that is not there, or is called otherwise, is refused', async () => {
  expect(await rejectionOf(() => toArray(readRequests('nowhere.json')))).toMatchObject({
    message: 'there is no file "nowhere.json"',
  });
  expect(await rejectionOf(() => toArray(readRequests('nowhere.csv')))).toMatchObject({
    message: 'there is no file "nowhere.csv"',
  });
  expect(await rejectionOf(() => toArray(readRequests('requests.xlsx')))).toMatchObject({
    message: '"requests.xlsx" is called neither .json nor .csv',
  });
});
