import PostalMime from 'postal-mime';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { smtpChannel } from '../../delivery/smtp-channel.ts';
import { sendContext } from '../../support/send-context.ts';
import { openSmtpServer } from '../../support/smtp-server.ts';
import { euro, pagesOf, receipt, textIn } from './a-receipt.ts';

const item = (name: string) => ({ name, quantity: 1, unitPrice: euro(100) });

it('an order of 5,000 lines has a receipt that may be sent, to its last line', {
  timeout: 60_000,
}, async () => {
  const items = Array.from({ length: 5000 }, (_, index) => item(`Spoke number ${index + 1}.`));

  const file = receipt({ items, amount: euro(500_000) });

  expect(file.content.length).toBeLessThan(1_000_000);
  const pdf = await getDocumentProxy(file.content.slice());
  const last = await (await pdf.getPage(pdf.numPages)).getTextContent();
  const words = last.items.map((each: object) => ('str' in each ? each.str : '')).join(' ');
  expect(words).toMatch(/Spoke number 5000\..*Total paid.*€5,000\.00/s);
  expect(words).toContain(`Page ${pdf.numPages} of ${pdf.numPages}`);
});

it('an article whose name is longer than a page is followed by its sum', async () => {
  const pages = await pagesOf(receipt({ items: [item('x'.repeat(10_000)), item('Helmet')] }));

  const all = pages.join('').replaceAll(/\s+/g, ' ');
  expect(all.match(/x/g)?.length).toBeGreaterThanOrEqual(10_000);
  expect(all).toMatch(/1 Helmet €1\.00 €1\.00 .*Total paid €69\.98/);
});

describe('an article', () => {
  it.each(['自転車', 'دراجة', 'אופניים', '👩‍👩‍👧‍👦 tandem', '𓀀', 'ﷺ'])(
    'that our fonts do not have makes the receipt a text: %s',
    (name) => {
      const file = receipt({ items: [item(name)] });

      expect(file.filename).toBe('receipt-ord-1.txt');
      expect(textIn(file)).toContain(`1 × ${name}, €1.00: €1.00\r\n`);
    },
  );

  it.each([
    ['control characters', 'Hel\u0000\u0007\u001b[31mmet\r\n9 \u2028Bell', /1 Hel ?\[31mmet 9 Bell €1\.00/],
    ['half a letter', 'Helmet \ud83d', /1 Helmet ?\ufffd? €1\.00/],
    ['marks without end', `Helmet${'\u0301'.repeat(300)}`, /1 Helmet.* €1\.00/],
    ['nothing to be seen', ' \u200b\u00ad\u2060 ', /1 €1\.00/],
  ])('with %s is a line like any other', async (_what, name, line) => {
    const [page = ''] = await pagesOf(receipt({ items: [item(name)] }));

    expect(page.replaceAll(/\s+/g, ' ')).toMatch(line);
    expect(page.split('\n').filter((each) => /\p{Cc}/u.test(each))).toEqual([]);
  });
});

it.each(['注文-7', 'طلب-٧', '🚲-7', 'ord\u0000\r\n7', `${'注'.repeat(300)}`, '"; x="y'])(
  'the file of order %j arrives under its name over SMTP',
  async (orderId) => {
    const server = await openSmtpServer();
    const file = receipt({ orderId });
    const content = { subject: 'Paid', text: 'Attached.', html: '<p>Attached.</p>' };
    const message = { to: 'kim@example.com', recipientName: 'Kim Lund', content, attachments: [file] };

    await smtpChannel({ port: server.port }).send(message, sendContext('delivery-1'));

    const { attachments } = await PostalMime.parse(server.mails[0]?.wire ?? '');
    expect(attachments.map(({ filename }) => filename)).toEqual([file.filename]);
    expect(new Uint8Array(attachments[0]?.content as ArrayBuffer)).toEqual(file.content);
  },
);
