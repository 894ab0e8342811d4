import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTemplates, fitSms, notificationKinds, smsSegments } from '../../src/notifications/index.ts';
import { customerWords } from '../../src/notifications/reason-words.ts';
import { samples, shippedTemplates } from './template-samples.ts';

const link = 'https://shop.example/orders/1';
const graphemesOf = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

describe('a text that is too long', () => {
  it('is left alone as long as it fits', () => {
    const text = 'a'.repeat(459);
    expect(fitSms(text, 3)).toEqual({ text, isCut: false });
    expect(fitSms(`${text}a`, 3).isCut).toBe(true);
  });

  it('stays in the GSM alphabet, fills the room to the last letter, and ends with its own link', () => {
    const { text } = fitSms(`Follow it: ${'a'.repeat(500)}. ${link}.`, 3);
    expect(text).toMatch(/^Follow it: a+\.\.\. https:\/\/shop\.example\/orders\/1$/);
    expect(smsSegments(text)).toEqual({ encoding: 'GSM-7', segments: 3, units: 459 });
  });

  it('ends with the shop when it has no link', () => {
    expect(fitSms('a'.repeat(500), 1).text).toMatch(/^a+\.\.\. https:\/\/shop\.example$/);
  });

  it('of another alphabet has less room, and an ellipsis that is one letter', () => {
    const { text } = fitSms(`${'ж'.repeat(300)} ${link}`, 3);
    expect(text).toMatch(/^ж+… https:\/\/shop\.example\/orders\/1$/);
    expect(smsSegments(text)).toEqual({ encoding: 'UCS-2', segments: 3, units: 201 });
  });

  it('keeps the letters of the GSM alphabet before one that would halve the room', () => {
    const { text } = fitSms(`${'a'.repeat(300)}ж${'a'.repeat(300)}`, 3);
    expect(text).toMatch(/^a{300}\.\.\. https/);
  });

  it('keeps each link whole, and one that stands in the kept part once', () => {
    const { text } = fitSms(`See ${link} ${'a'.repeat(500)}`, 3);
    expect(text.match(/https/g)).toHaveLength(1);
    expect(text.endsWith('aaa...')).toBe(true);
    const early = fitSms(`${'a'.repeat(120)} https://shop.example/${'b'.repeat(60)} and ${link}`, 1);
    expect(early.text).toBe(`${'a'.repeat(120)}... ${link}`);
  });

  it('leaves out a link that would not fit by itself, and is quick about it', () => {
    const endless = `https://shop.example/${'b'.repeat(1_000_000)}`;
    expect(fitSms(`See ${endless} or not`, 3).text).toBe('See... https://shop.example');
  });

  it('is never cut inside of what a reader sees as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    const { text } = fitSms(family.repeat(100), 3);
    const body = text.slice(0, text.indexOf('…'));
    expect(body).toBe(family.repeat(graphemesOf(body).length));
    expect(smsSegments(`${text.replace('…', `${family}…`)}`).segments).toBe(4);
  });

  it('of whatever characters takes no more than allowed, and is whole graphemes of the original', () => {
    const pieces = fc.constantFrom('a', '€', 'ж', '👩🏽‍🚀', 'e\u0301', ' ', '\n', '🇩🇪', link, '[');
    const texts = fc.array(pieces, { maxLength: 400 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), (whole, most) => {
        const { text, isCut } = fitSms(whole, most);
        expect(smsSegments(text).segments).toBeLessThanOrEqual(most);
        expect(isCut).toBe(smsSegments(whole).segments > most);
        if (!isCut) return;
        const head = text.replace(/(\.\.\.|…)( https:\S+)?$/, '');
        const heads = graphemesOf(head);
        expect(graphemesOf(whole).slice(0, heads.length)).toEqual(heads);
        expect(text).toContain('https://shop.example');
      }),
    );
  });
});

/** The longest that a shop may have in earnest, and with it letters that no GSM alphabet has. */
const uuid = '0196b0a4-7d5e-7c3a-9b1f-3f2a5c8d7e60';
const large = { amount: 123_456_789, currency: 'EUR' };
const productName = 'Fahrradträger „Große Tour“ für 4 Räder, abschließbar – Größe XXL, rot';
const longest = {
  orderId: uuid,
  paymentId: uuid,
  productName,
  name: productName,
  code: uuid,
  discountPercent: 100,
  subject: productName,
  message:
    'Ihr Fahrrad ist repariert und steht bereit. Bitte bringen Sie den Abholschein mit; wir sind bis 18 Uhr da.',
  total: large,
  amount: large,
  price: large,
  previousPrice: large,
  trackingNumbers: Array.from({ length: 30 }, () => uuid),
  items: Array.from({ length: 30 }, () => ({ name: productName, quantity: 999, unitPrice: large })),
};
const reasonCodes = [null, ...Object.values(customerWords).flatMap((words) => Object.keys(words))];

describe.each(shippedTemplates.filter(({ family }) => family === 'sms'))(
  'the SMS $type in $locale',
  ({ type, locale, family }) => {
    it('takes no more than three segments, whatever a shop may put into it', () => {
      for (const reason of reasonCodes) {
        const given = { ...longest, reason };
        const names = Object.keys(samples[type]) as (keyof typeof given)[];
        const variables = Object.fromEntries(names.map((name) => [name, given[name]]));
        const customerName = 'Maximiliane Hohenlohe-Waldenburg-Schillingsfürst';
        const { text } = createTemplates().render({ type, family, locale, customerName, variables });
        expect(smsSegments(text).segments, text).toBeLessThanOrEqual(3);
      }
    });
  },
);

it('every notification that may go by SMS is looked at', () => {
  const bySms = Object.entries(notificationKinds).filter(([, kind]) => !('onlyOn' in kind));
  const looked = new Set(shippedTemplates.filter(({ family }) => family === 'sms').map(({ type }) => type));
  expect([...looked].sort()).toEqual(bySms.map(([type]) => type).sort());
});
