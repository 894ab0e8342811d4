import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { captureMail, readMail } from './mail.ts';

describe('a captured mail, as a mail program reads it', () => {
  it('says who wrote to whom, when, and about what', async () => {
    const mail = await readMail();

    expect(mail.from).toMatchObject({ name: 'Hill & Valley Cycles', address: 'hello@shop.example' });
    expect(mail.to).toEqual([{ name: 'Kim Lund', address: 'kim@example.com' }]);
    expect(mail.subject).toBe('Your order is on its way');
    expect(mail.date).toBe('2026-03-02T12:00:00.000Z');
  });

  it('has the text and the HTML, with everything beyond ASCII in place', async () => {
    const text = 'Grüße, Kim – 34,99 € 🚲\nzweite Zeile';
    const html = '<p>Grüße, <b>Kim</b> – 34,99&nbsp;€ 🚲</p>';

    const mail = await readMail({ text, html });

    expect(mail.text?.trimEnd()).toBe(text);
    expect(mail.html?.trimEnd()).toBe(html);
    expect(mail.attachments).toEqual([]);
  });

  it('keeps lines that are longer than SMTP allows', async () => {
    const text = 'long '.repeat(1000).trim();

    const wire = await (await captureMail({ text })).mime();

    expect(Math.max(...wire.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    expect((await readMail({ text })).text?.trimEnd()).toBe(text);
  });
});

describe('the Message-ID', () => {
  it('comes from the id of the delivery, so that it is the same for every attempt', async () => {
    const first = await readMail({ deliveryId: 'order-shipped:order-1:kim:email' });
    const again = await readMail({ deliveryId: 'order-shipped:order-1:kim:email', text: 'Other words' });
    const other = await readMail({ deliveryId: 'order-shipped:order-2:kim:email' });

    expect(again.messageId).toBe(first.messageId);
    expect(other.messageId).not.toBe(first.messageId);
  });

  it.each(['a:b', 'ü 🚲 > <x@y>', 'a\r\nBcc: eve@example.com', 'x'.repeat(600)])(
    'is one that every server accepts, even of the delivery %j',
    async (deliveryId) => {
      expect((await readMail({ deliveryId })).messageId).toMatch(/^<[0-9a-f]+@shop\.example>$/);
    },
  );
});

it('the same mail is the same bytes', async () => {
  const mail = await captureMail({ text: 'Grüße 🚲' });
  const same = await captureMail({ text: 'Grüße 🚲' });

  expect(await mail.mime()).toBe(await mail.mime());
  expect(await same.mime()).toBe(await mail.mime());
});

describe('a name or a subject from outside', () => {
  const nasty = [
    'Kim\r\nBcc: eve@example.com',
    'Kim\nBcc: eve@example.com',
    'Kim\rBcc: eve@example.com',
    'Kim\r\n\r\n<script>alert(1)</script>',
    'Kim\u0000\u0007\u001b[31m',
    'Kim\u2028Bcc: eve@example.com',
    'Kim" <eve@example.com>, "',
    'Kim <eve@example.com>',
    'Kim, eve@example.com',
    '=?utf-8?B?QmNjOiBldmU=?=',
    'Kim "the Wheel" Lund',
    'Kim 🚲 Lünd',
  ];

  it.each(nasty)('adds neither a header nor an addressee: %j', async (text) => {
    const mail = await readMail({ recipientName: text, subject: text });

    expect(mail.headers.map(({ key }) => key)).toEqual(headersOfEveryMail);
    expect(mail.to?.map(({ address }) => address)).toEqual(['kim@example.com']);
    expect(mail.bcc).toBeUndefined();
    expect(mail.text?.trimEnd()).toBe('Hello Kim');
  });

  it('adds nothing either when it is any text at all', async () => {
    const anyText = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\r', '\n', '"', '<', '>', ',', ':', '\u0000'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (recipientName, subject) => {
        const mail = await readMail({ recipientName, subject: `About ${subject}` });
        expect(mail.headers.map(({ key }) => key)).toEqual(headersOfEveryMail);
        expect(mail.to?.map(({ address }) => address)).toEqual(['kim@example.com']);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    'Kim 🚲 Lünd',
    'Kim "the Wheel" Lund',
    "Kim O'Hara, Jr.",
    '=?utf-8?Q?Kim=0D=0ABcc:_boss=40corp.example?=',
    'ord =?utf-8?B?QmNjOiBldmU=?= =?utf-8?Q?late?=',
    '=?not one',
    'two  blanks',
    'x'.repeat(300),
    '👨‍👩‍👧‍👦'.repeat(20),
  ])('arrives as it was written: %s', async (text) => {
    const mail = await readMail({ recipientName: text, subject: text });

    expect(mail.to?.[0]?.name).toBe(text);
    expect(mail.subject).toBe(text);
  });
});

/** Pieces of which names are made, and of which encoded words are. */
const anyName = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '=?utf-8?Q?',
        '=?UTF-8?B?',
        '?=',
        '_',
        '=0D=0A',
        ' ',
        '  ',
        '"',
        '\\',
        '(',
        '<',
        ',',
        ';',
        ':',
      ),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\u0000',
        '\u202e',
        '\u2066',
        '\u2028',
        '\ud83d',
        '🚲',
        'é',
        'Kim',
        'ord-1',
      ),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => `a${pieces.join('')}z`);

it('what a second program reads is the text letter by letter, without what would be obeyed', async () => {
  await fc.assert(
    fc.asyncProperty(anyName, anyName, async (recipientName, subject) => {
      const wire = await (await captureMail({ recipientName, subject })).mime();
      const mail = await PostalMime.parse(wire);

      expect(mail.to?.[0]?.name).toBe(harmless(recipientName));
      expect(mail.subject).toBe(harmless(subject));
      for (const line of wire.split('\r\n\r\n', 1)[0]?.split('\r\n') ?? [])
        expect(line).toMatch(/^[\t -~]{1,998}$/);
    }),
    { numRuns: 300 },
  );
});

const harmless = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

const headersOfEveryMail = ['from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'];
