import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeLine } from '../../../src/demo/requests/complete-line.ts';
import { parseLine } from '../../../src/demo/requests/parse-line.ts';

test('a line is a user, channels, a message in quotes, and a priority', () => {
  expect(parseLine("user_001 email,sms 'Your order shipped!' high")).toEqual({
    userId: 'user_001',
    channels: ['email', 'sms'],
    message: 'Your order shipped!',
    priority: 'high',
  });
});

test.each<[string, string]>([
  ['ada email Hello', 'Hello'],
  ['ada email "It\'s here"', "It's here"],
  ["ada email 'It\\'s here'", "It's here"],
  ["ada email It\\'s\\ here", "It's here"],
  ["ada email ''", ''],
  ["ada email say' 'it", 'say it'],
  ['  ada   email\t"two  spaces"  ', 'two  spaces'],
])('%s says %j, with normal priority', (line, message) => {
  expect(parseLine(line)).toEqual({ userId: 'ada', channels: ['email'], message, priority: 'normal' });
});

test('channels may be parted as in CSV, and leave one out', () => {
  expect(parseLine('ada email|sms,,push Hi').channels).toEqual(['email', 'sms', 'push']);
});

test.each<[string, string, string]>([
  [
    "ada email 'Your order",
    "the quote ' in column 11 is never closed",
    "Close it, or write \\' for the character itself.",
  ],
  [
    "ada email It's here",
    "the quote ' in column 13 is never closed",
    "Close it, or write \\' for the character itself.",
  ],
  [
    'ada email "',
    'the quote " in column 11 is never closed',
    'Close it, or write \\" for the character itself.',
  ],
  [
    'ada email Your order shipped',
    'there is more behind the priority: "shipped"',
    "Put the message in quotes: user_001 email,sms 'Your order shipped!' high",
  ],
  [
    'sned',
    'a request is: user channels message [priority]',
    "Such as: user_001 email,sms 'Your order shipped!' high",
  ],
])('%s is no request', (line, message, help) => {
  expect(() => parseLine(line)).toThrow(expect.objectContaining({ name: 'InputError', message, help }));
});

test('any message can be typed', () => {
  const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`;

  fc.assert(
    fc.property(fc.string(), (message) => {
      expect(parseLine(`ada email ${quoted(message)} low`)).toMatchObject({ message, priority: 'low' });
    }),
    { seed: 1 },
  );
});

const vocabulary = {
  commands: ['send', 'stats', 'help', 'quit'],
  users: ['ada', 'user_001', 'user_002'],
  channels: ['email', 'sms', 'push', 'webhook'],
};

test.each<[string, string[], string]>([
  ['s', ['send', 'stats'], 's'],
  ['user_', ['user_001 ', 'user_002 '], 'user_'],
  ['ada e', ['email'], 'e'],
  ['ada email,s', ['sms'], 's'],
  ['ada email|', ['email', 'sms', 'push', 'webhook'], ''],
  ['ada email Hi h', ['high'], 'h'],
  ["ada email 'Hi you' ", ['low', 'normal', 'high', 'critical'], ''],
])('the tab key completes %j', (line, words, end) => {
  expect(completeLine(line, vocabulary)).toEqual([words, end]);
});

test.each(["ada email 'Hi h", 'ada email Hi high x'])('and not %j', (line) => {
  expect(completeLine(line, vocabulary)[0]).toEqual([]);
});
