import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../src/services/index.ts';
import { kim } from './shop.ts';

const register = (data: object) =>
  parseCommand({ service: 'accounts', command: 'registerCustomer', data: { ...kim, ...data } });

const accepted: Record<string, readonly object[]> = {
  'an e-mail address': [
    'kim@example.com',
    "o'neil+shop@mail.example.co.uk",
    'jürgen@bücher.example',
    'a@xn--80ak6aa92e.xn--p1ai',
  ].map((email) => ({ email })),
  'a phone number': ['+15551234567', '+4930123456', '+85212345678'].map((phone) => ({ phone })),
  'a time zone': ['Europe/London', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'].map((timeZone) => ({
    timeZone,
  })),
  'a locale': ['en', 'en-GB', 'de-CH-1996', 'zh-Hant-TW'].map((locale) => ({ locale })),
  'quiet hours': [
    { start: '22:00', end: '07:00' },
    { start: '00:00', end: '23:59' },
  ].map((quietHours) => ({ quietHours })),
  preferences: [{}, { order_updates: {} }, { order_updates: { email: false } }].map((preferences) => ({
    preferences,
  })),
  addresses: [{}, { push: 'token' }, { webhook: 'https://example.com/hook' }].map((addresses) => ({
    addresses,
  })),
};

const refused: readonly [field: string, mend: string, values: readonly unknown[]][] = [
  [
    'email',
    'must be an e-mail address, such as kim@example.com',
    [
      '',
      'kim',
      'kim@',
      '@example.com',
      'kim@localhost',
      'kim@@example.com',
      'kim lund@example.com',
      'kim@example.com\r\nBcc: all@example.com',
      'kim@example.com\n',
      'kim\u0000@example.com',
      'kim@example.com,lee@example.com',
      'Kim <kim@example.com>',
      'kim@example..com',
      '.kim@example.com',
    ],
  ],
  [
    'phone',
    'must be a phone number in E.164 form, such as +15551234567',
    ['', '5551234567', '+0551234567', '+1 555 123 4567', '+123', '+1234567890123456', '+15551234567\n'],
  ],
  [
    'timeZone',
    'must be a time zone of the IANA database, such as Europe/London',
    ['', 'Mars/Olympus', '+02:00', 'Europe/London\n', '__proto__'],
  ],
  ['locale', 'must be a BCP 47 locale, such as en-GB', ['', 'english language', 'en_GB', 'e']],
  [
    'name',
    'must be one line of text, neither blank nor with control characters',
    ['', ' ', 'Kim\nLund', 'Kim\u2028', '\ud800'],
  ],
  [
    'customerId',
    'must be one line of text, neither blank nor with control characters',
    [' ', 'kim\u0000', 'kim\u001b[2J', '\udc00'],
  ],
];

describe.each(Object.entries(accepted))('%s may be', (_what, values) => {
  test.each(values)('%j', (value) => {
    expect(register(value).data).toMatchObject(value);
  });
});

describe.each(refused)('%s %s', (field, mend, values) => {
  test.each(values)('and not %j', (value) => {
    const message = expect.stringMatching(`^accounts.registerCustomer: data.${field} must be `);
    expect(() => register({ [field]: value })).toThrow(
      expect.objectContaining({ code: 'invalid_command', field: `data.${field}`, message }),
    );
    if (value !== '') expect(() => register({ [field]: value })).toThrow(mend);
  });
});

test.each([
  [{ quietHours: { start: '22:00' } }, 'data.quietHours.end is missing'],
  [
    { quietHours: { start: '9:00', end: '24:00' } },
    'data.quietHours.start must be a time of day, such as 22:00',
  ],
  [
    { preferences: { order_updates: { email: 'yes' } } },
    'data.preferences.order_updates.email must be true or false',
  ],
  [{ preferences: { 'order updates': {} } }, 'data.preferences.order updates must be one word'],
  [{ addresses: { email: 'kim@example.com' } }, 'data.addresses must leave out email and sms'],
  [{ addresses: { sms: '+15551234567' } }, 'data.addresses must leave out email and sms'],
  [
    { addresses: { webhook: 'https://example.com/\r\nHost: x' } },
    'data.addresses.webhook must have no control characters',
  ],
  [{ name: 'x'.repeat(201) }, 'data.name must be at most 200 characters long'],
])('%j is refused where it is wrong', (value, message) => {
  expect(() => register(value)).toThrow(message);
});
