import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChannelError } from '../../../src/delivery/index.ts';
import { tagsOf, textOf } from './markup.ts';
import { openPages } from './open-pages.ts';

/** What breaks out of texts, attributes, scripts, styles and comments, between letters. */
const hostile = fc
  .array(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onfocus='alert(1)",
      '</textarea></title></iframe>',
      '<!--',
      ']]>',
      '&lt;b&gt;',
      '&#60;',
      'javascript:alert(1)',
      '{{ 7 | times: 7 }}',
      'ö🚲',
      '`',
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '%00',
      'x',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** A shop in which everything that somebody else can write is `text`: names, ids, own texts, words of a provider. */
async function viewsWith(text: string): Promise<string[]> {
  const { ask, view, shop, email } = await openPages();
  const places = { segment: 'gold', locale: 'en-GB', timeZone: 'Europe/London' };
  const customerId = `c${text}`;
  const all = [
    ['/v1/customers', { customerId, name: text, email: 'kim@example.com', ...places }],
    ['/v1/products', { productId: `p${text}`, name: text, price: { amount: 5, currency: 'USD' } }],
    [
      '/v1/orders',
      {
        orderId: `o${text}`,
        customerId,
        lineItems: [{ lineItemId: `l${text}`, productId: `p${text}`, quantity: 1 }],
      },
    ],
    [
      '/v1/notifications',
      { notificationId: 'n-1', channel: 'email', recipient: customerId, message: `m${text}` },
    ],
    ['/v1/suppressions', { address: 'other@example.com', reason: 'blocked', note: text }],
  ] as const;
  for (const [path, json] of all) expect((await ask(path, { json })).status).toBeLessThan(300);
  await shop.settle();
  email.send = () => Promise.reject(new ChannelError('permanent', { message: text }));
  const order = encodeURIComponent(`o${text}`);
  expect((await ask(`/v1/orders/${order}/shipments`, { json: {} })).status).toBe(200);
  await shop.settle();
  const { events } = (await ask('/v1/events')).body;
  const queries = {
    inbox: { customer: customerId },
    explain: { id: `o${text}`, customer: customerId },
    flow: { correlation: events.at(-1).correlationid },
  };
  const paths = Object.entries(queries).map(([path, query]) => `/${path}?${new URLSearchParams(query)}`);
  const nowhere = `/explain?${new URLSearchParams({ id: `none${text}`, customer: text })}`;
  const views = [];
  for (const path of ['/', '/inbox', '/dead-letters', ...paths, nowhere]) {
    const { headers, text: page } = await view(path);
    expect(headers.get('content-type')).toContain('text/html');
    views.push(page);
  }
  return views;
}

it('nothing that somebody else has written becomes markup', async () => {
  const harmless = (await viewsWith('harmless')).map(tagsOf);
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const views = await viewsWith(text);

      // The same tags, with the same attributes, in the same order: what is different is text.
      expect(views.map(tagsOf)).toEqual(harmless);
    }),
    { numRuns: 25 },
  );
});

it('and it is shown as it was written', async () => {
  const text = '<b onclick="x">&amp; \'it\'</b>';
  const [dashboard = '', , deadLetters = '', inbox = '', why = ''] = await viewsWith(text);

  expect(textOf(dashboard)).toContain(`OrderStatusChanged  o${text}`);
  expect(textOf(deadLetters)).toContain(`c${text}`);
  expect(textOf(deadLetters)).toContain(text);
  expect(textOf(inbox)).toContain(`m${text}`);
  expect(textOf(inbox)).toContain(`Inbox of c${text}`);
  expect(textOf(why)).toContain(`The order o${text}`);
});

it('a mail is a page of its own, which may run, load and frame nothing', async () => {
  const { ask, view, shop } = await openPages();
  await ask('/v1/orders/ord-1001/shipments', { json: {} });
  await shop.settle();
  const inbox = (await view('/inbox/ada')).text;
  const [frame = ''] = /<iframe [^>]*>/.exec(inbox) ?? [];
  expect(frame).toContain('sandbox=""');
  const src = /src="([^"]+)"/.exec(frame)?.[1]?.replaceAll('&amp;', '&') ?? '';

  const { status, headers, text } = await view(src);

  expect(status).toBe(200);
  expect(text).toContain('<p>Hello Ada Byrne,</p>');
  const policy = headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'none'", "frame-ancestors 'self'", 'sandbox', "form-action 'none'"]),
  );
  expect(policy?.join()).not.toContain('script');
  for (const other of [
    'customer=ben&delivery=order-shipped:ord-1001:ada:email',
    'customer=ada&delivery=other',
    '',
  ])
    expect((await view(`/mail?${other}`)).status).toBe(404);
});
