import { describe, expect, it } from 'vitest';
import { AttachmentError, createTemplates } from '../../../src/notifications/index.ts';
import { samples, types } from '../template-samples.ts';
import { euro, metaOf, pagesOf, receipt, textIn } from './a-receipt.ts';

describe('the receipt of a payment', () => {
  it('is a PDF that says who has paid what, for what, and when', async () => {
    const file = receipt();

    expect(file).toMatchObject({ filename: 'receipt-ord-1.pdf', contentType: 'application/pdf' });
    const [page = '', ...more] = await pagesOf(file);
    expect(more).toEqual([]);
    for (const part of ['Hill & Valley Cycles', 'Kim Lund', 'ord-1', 'pay-1', '2 Helmet €34.99 €69.98'])
      expect(page.replaceAll(/\s+/g, ' ')).toContain(part);
    expect(page.replaceAll(/\s+/g, ' ')).toContain('Total paid €69.98');
  });

  it('speaks the language of the mail, and writes amounts as it does', async () => {
    const francs = { amount: 1234567, currency: 'CHF' };
    const file = receipt({ locale: 'de-CH', amount: francs });

    expect(file.filename).toBe('zahlungsbeleg-ord-1.pdf');
    const [page = ''] = await pagesOf(file);
    expect(page).toContain('Bezahlter Betrag');
    const mail = createTemplates().render({
      type: 'payment-received',
      family: 'email',
      locale: 'de-CH',
      customerName: 'Kim Lund',
      variables: { orderId: 'ord-1', amount: francs },
    });
    const [amount = ''] = /CHF 12.345\.67/.exec(mail.text.replaceAll(/\s/g, ' ')) ?? [];
    expect(amount).toMatch(/12.345\.67/);
    expect(page.replaceAll(/\s/g, ' ')).toContain(amount);
  });

  it('is in English where nothing is written in their language, with formats of English', async () => {
    const [page = ''] = await pagesOf(receipt({ locale: 'fr-FR', amount: euro(123456) }));

    expect(page).toContain('Total paid');
    expect(page).toContain('€1,234.56');
  });

  it.each([
    ['Europe/London', '2 March 2026'],
    ['Europe/Berlin', '3 March 2026'],
    ['America/Los_Angeles', '2 March 2026'],
  ])('has the day on which it was paid in %s: %s', async (timeZone, day) => {
    expect((await pagesOf(receipt({ timeZone })))[0]).toContain(day);
  });

  it('is to the byte the same for the same payment, and another for another', () => {
    expect(receipt().content).toEqual(receipt().content);
    expect(receipt({ customerName: 'Łukasz' }).content).toEqual(receipt({ customerName: 'Łukasz' }).content);
    expect(receipt({ amount: euro(1) }).content).not.toEqual(receipt().content);
  });

  it('was made when it was paid, whatever the time is now', async () => {
    const { info } = await metaOf(receipt());

    expect(info).toMatchObject({ CreationDate: 'D:20260302233000Z', Title: 'Receipt' });
  });

  it('has as many pages as the order needs, each with its heads and its number', async () => {
    const items = Array.from({ length: 150 }, (_, index) => {
      return { name: `Spoke number ${index + 1}.`, quantity: 1, unitPrice: euro(100) };
    });

    const pages = await pagesOf(receipt({ items, amount: euro(15000) }));

    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Quantity');
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    const all = pages.join('\n');
    for (const { name } of items) expect(all.split(name)).toHaveLength(2);
    expect(pages.at(-1)).toContain('Total paid');
  });

  it('says what was paid where an earlier version has not kept what was bought', async () => {
    const [page = ''] = await pagesOf(receipt({ variables: { orderId: 'ord-1', amount: euro(6998) } }));

    expect(page).toContain('€69.98');
    expect(page).not.toContain('Quantity');
  });

  it.each([
    ['orderId', { amount: euro(1) }],
    ['amount', { orderId: 'ord-1', amount: 'much' }],
    ['items', { orderId: 'ord-1', amount: euro(1), items: [{ name: 'Helmet', quantity: 1 }] }],
    ['items', { orderId: 'ord-1', amount: euro(1), items: 'many' }],
  ])('is not made with a hole in the place of %s', (name, variables) => {
    expect(() => receipt({ variables })).toThrow(AttachmentError);
    expect(() => receipt({ variables })).toThrow(
      expect.objectContaining({ code: 'attachment_failed', message: expect.stringContaining(name) }),
    );
  });

  it('is not made larger than may be sent', () => {
    const { length } = receipt().content;

    expect(receipt({ maxAttachmentBytes: length }).content).toHaveLength(length);
    expect(() => receipt({ maxAttachmentBytes: length - 1 })).toThrow(
      expect.objectContaining({
        code: 'attachment_too_large',
        message: expect.stringContaining(`${length}`),
      }),
    );
  });
});

describe('a name in the receipt', () => {
  it.each(['Łukasz Żółć', 'Ελένη Παπαδοπούλου', 'Дмитрий Шевченко', 'Nguyễn Thị Ánh', 'Zoe\u0308', 'Գևորգ'])(
    'is read back as it was written: %s',
    async (customerName) => {
      const file = receipt({ customerName });

      expect(file.contentType).toBe('application/pdf');
      expect((await pagesOf(file))[0]?.normalize('NFC')).toContain(customerName.normalize('NFC'));
    },
  );

  it.each(['李小龙', 'สมชาย', 'محمد علي', 'דוד לוי', 'राम', 'Kim 🚲'])(
    'that our fonts do not have, or do not set as it is read, comes as a text: %s',
    (customerName) => {
      const file = receipt({ customerName });

      expect(file).toMatchObject({ filename: 'receipt-ord-1.txt', contentType: 'text/plain; charset=utf-8' });
      expect(textIn(file)).toContain(`Paid by: ${customerName}\r\n`);
      expect(textIn(file)).toContain('2 × Helmet, €34.99: €69.98\r\n');
      expect(textIn(file)).toContain('Total paid: €69.98\r\n');
    },
  );

  it('is no place for what is obeyed rather than read', async () => {
    const customerName = 'Kim\u202e\r\nTotal paid: nothing\u0000 Lund';

    const [page = ''] = await pagesOf(receipt({ customerName }));
    const text = textIn(receipt({ customerName: `${customerName} 李` }));

    expect(page.replaceAll(/\s+/g, ' ')).toContain('Paid by Kim Total paid: nothing Lund');
    expect(text).toMatch(/^Paid by: Kim Total paid: nothing +Lund 李\r$/m);
  });

  it('keeps dashes, quotes and the sign of the euro of the standard fonts', async () => {
    const items = [{ name: '“Café” – déjà vu … 10 €', quantity: 1, unitPrice: euro(1000) }];

    expect((await pagesOf(receipt({ items })))[0]).toContain('“Café” – déjà vu … 10 €');
  });
});

describe('the name of the file', () => {
  it.each([
    ['ord-1', 'receipt-ord-1.pdf'],
    ['../../etc/passwd', 'receipt-etc-passwd.pdf'],
    ['a\\b:c*d?"<e>|f', 'receipt-a-b-c-d-e-f.pdf'],
    ['ord\u202efdp.exe', 'receipt-ord-fdp.exe.pdf'],
    ['ord 1\r\nBcc: eve', 'receipt-ord-1-Bcc-eve.pdf'],
    ['…', 'receipt.pdf'],
    ['', 'receipt.pdf'],
    ['x'.repeat(300), `receipt-${'x'.repeat(50)}.pdf`],
    ['заказ-7', 'receipt-заказ-7.pdf'],
    ['=?utf-8?Q?x?=', 'receipt-utf-8-Q-x.pdf'],
  ])('of %j is %s', (orderId, filename) => {
    expect(receipt({ orderId }).filename).toBe(filename);
  });
});

it('goes with the email alone, and with no other notification', () => {
  const templates = createTemplates();
  const with_ = types.flatMap((type) =>
    ['email', 'sms', 'push']
      .filter(
        (family) =>
          templates.attachments?.({
            type,
            family,
            locale: 'en',
            customerName: 'Kim',
            variables: samples[type],
            occurredAtMs: 0,
            timeZone: 'UTC',
          }).length,
      )
      .map((family) => `${type} ${family}`),
  );

  expect(with_).toEqual(['payment-received email']);
});
