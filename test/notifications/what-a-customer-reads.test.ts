import { describe, expect, it } from 'vitest';
import { createTemplates, type NotificationType, smsSegments } from '../../src/notifications/index.ts';
import { samples } from './template-samples.ts';

const templates = createTemplates();

interface Letter {
  family?: string;
  locale?: string;
  customerName?: string;
  variables?: object;
}

const read = (
  type: NotificationType,
  { family = 'email', locale = 'en-US', customerName = 'Anna Keller', variables = {} }: Letter,
) => templates.render({ type, family, locale, customerName, variables: { ...samples[type], ...variables } });

describe('the language', () => {
  it.each([
    ['de', 'Ihre Bestellung'],
    ['de-AT', 'Ihre Bestellung'],
    ['DE_ch', 'Ihre Bestellung'],
    ['en-GB', 'Your order'],
    ['fr-FR', 'Your order'],
    ['den', 'Your order'],
    ['deutsch', 'Your order'],
    ['', 'Your order'],
    ['../../de', 'Your order'],
  ])('for the locale "%s" begins the subject with "%s"', (locale, words) => {
    expect(read('order-shipped', { locale }).subject).toMatch(new RegExp(`^${words} `));
  });
});

describe('markup in a name', () => {
  const customerName = `<script>alert("x")</script> & 'Co'`;

  it('is harmless in HTML', () => {
    const { html } = read('order-shipped', { customerName });
    expect(html).toContain('Hello &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &#39;Co&#39;,');
    expect(html).not.toContain('<script');
  });

  it('is left as it is in plain text', () => {
    expect(read('order-shipped', { customerName }).text).toContain(`Hello ${customerName},`);
  });

  it('is not escaped in the subject or in an SMS, where entities would be read', () => {
    const variables = { productName: 'Nuts & <Bolts>' };
    expect(read('price-drop', { variables }).subject).toBe('Nuts & <Bolts> now costs $29.99');
    expect(read('price-drop', { family: 'sms', variables }).text).toContain('Nuts & <Bolts>');
  });

  it('is harmless in a list, too', () => {
    const { html } = read('order-confirmed', { variables: { items: [{ name: '<img>', quantity: 1 }] } });
    expect(html).toContain('&lt;img&gt;');
  });

  it('that looks like Liquid is not run', () => {
    expect(read('order-shipped', { customerName: '{{ orderId }}' }).text).toContain('Hello {{ orderId }},');
  });
});

it.each(['\r\nBcc: all@example.com', '\u0000', '\u2028', '\u202e', '\u001b[2J', '\u0085'])(
  'a subject stays one line of visible text with %j in a name',
  (hidden) => {
    const { subject } = read('price-drop', { variables: { productName: `Helmet${hidden}` } });
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(subject).toMatch(/^Helmet .*now costs \$29\.99$/);
  },
);

describe('money', () => {
  it.each([
    ['en-US', 'USD', 345699, '$3,456.99'],
    ['de-DE', 'EUR', 345699, '3.456,99\u00a0€'],
    ['en-US', 'JPY', 3456, '¥3,456'],
    ['en-US', 'KWD', 3456, 'KWD\u00a03.456'],
    ['en-US', 'HUF', 345699, 'HUF\u00a03,456.99'],
    ['en-US', 'IQD', 3456, 'IQD\u00a03.456'],
    ['en-US', 'USD', 0, '$0.00'],
    ['not a locale', 'USD', 5, '$0.05'],
  ])('for %s in %s, %i minor units are %s', (locale, currency, amount, words) => {
    expect(read('payment-received', { locale, variables: { amount: { amount, currency } } }).text).toContain(
      ` ${words} `,
    );
  });

  it('has ordinary spaces in an SMS, which would not fit the GSM alphabet otherwise', () => {
    const variables = { amount: { amount: 345699, currency: 'EUR' } };
    expect(read('payment-received', { family: 'sms', locale: 'de-DE', variables }).text).toContain(
      ' 3.456,99 € ',
    );
  });
});

describe('an English text for a customer of another language', () => {
  const english = (locale: string, family: string) => read('payment-received', { locale, family }).text;

  it.each(['ar-EG', 'fa-IR', 'bn-BD', 'my-MM', 'he-IL', 'hi-IN-u-nu-deva', 'fr-FR', 'ja-JP'])(
    'of %s has its amounts as English has them',
    (locale) => {
      for (const family of ['email', 'sms', 'push'])
        expect(english(locale, family)).toBe(english('en', family));
    },
  );

  it.each(['en-GB-u-nu-arab', 'en-US-x-twain', 'de-DE-u-nu-deva'])('%s has Latin digits', (locale) => {
    expect(english(locale, 'sms')).not.toMatch(/(?![0-9])\p{Nd}/u);
  });

  it('of the same language in another region has them as that region has', () => {
    const amount = { amount: 123_456_789, currency: 'EUR' };
    expect(read('payment-received', { locale: 'de-AT', variables: { amount } }).text).toContain(
      '1.234.567,89',
    );
    expect(read('payment-received', { locale: 'de-CH', variables: { amount } }).text).toMatch(
      /1['’]234['’]567\.89/,
    );
  });
});

it.each(['\u200e', '\u200f', '\u061c', '\u202e', '\u2066', '\ufeff', '\u0007', '\ud83d'])(
  'an SMS has nothing that is not to be read, such as %j in a name',
  (mark) => {
    const variables = { productName: `Bell${mark}` };
    const { text } = read('price-drop', { family: 'sms', variables });

    expect(text).not.toContain(mark);
    expect(smsSegments(text).encoding).toBe('GSM-7');
  },
);

describe('a failed payment', () => {
  it.each([
    ['en-US', 'card_declined', 'your bank declined the card.'],
    ['en-US', 'insufficient_funds', 'the account did not hold enough money.'],
    ['en-US', 'card_expired', 'the card has expired.'],
    ['en-US', 'some_new_code', 'the payment provider did not say why.'],
    ['en-US', 'constructor', 'the payment provider did not say why.'],
    ['fr-FR', 'card_expired', 'the card has expired.'],
    ['de-DE', 'card_declined', 'Ihre Bank hat die Karte abgelehnt.'],
    ['de-DE', 'some_new_code', 'Der Zahlungsdienst hat keinen Grund genannt.'],
  ])('says in %s, for %s: %s', (locale, reason, words) => {
    for (const family of ['email', 'sms']) {
      expect(read('payment-failed', { family, locale, variables: { reason } }).text).toContain(words);
    }
  });

  it('says where to try again', () => {
    for (const family of ['email', 'sms']) {
      expect(read('payment-failed', { family }).text).toContain('https://shop.example/orders/SO43659/pay');
    }
  });
});

describe('a cancelled order', () => {
  it('gives the reason', () => {
    expect(read('order-cancelled', {}).text).toContain('cancelled: you asked us to cancel it.');
    expect(read('order-cancelled', { locale: 'de' }).text).toContain(
      'Der Grund: Sie haben uns darum gebeten.',
    );
  });

  it.each([null, 'some_new_code'])('has none to give when the reason is %s', (reason) => {
    expect(read('order-cancelled', { variables: { reason } }).text).toContain('has been cancelled.\n');
    expect(read('order-cancelled', { locale: 'de', variables: { reason } }).text).toContain(
      'wurde storniert.\n',
    );
  });
});

it('an order whose parts have no tracking numbers does not speak of them', () => {
  const { text, html } = read('order-complete', { variables: { trackingNumbers: [] } });
  expect(text).not.toContain('tracking number');
  expect(html).not.toContain('tracking number');
});

it('an id with strange characters makes a safe link', () => {
  const { html } = read('order-shipped', { variables: { orderId: 'a/b?"c' } });
  expect(html).toContain('href="https://shop.example/orders/a%2Fb%3F%22c"');
});
