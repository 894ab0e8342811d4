import { describe, expect, it } from 'vitest';
import { architectureNames } from '../../../src/shop/index.ts';
import { attributesOf, tagsOf, textOf } from './markup.ts';
import { openPages } from './open-pages.ts';

const paths = [
  '/',
  '/inbox',
  '/inbox/ada',
  '/explain',
  '/explain?id=ord-1001',
  '/flow',
  '/flow/none',
  '/dead-letters',
];

/** Ids that mean something to a path, a query or to HTML. */
const awkward = ['a/b', 'a"b\'c', '<b>&amp;', 'zoë 🚲', '%2F%', 'a?b#c', '..', 'a\\b;c=d'];

async function openBusy() {
  const opened = await openPages();
  for (const [index, customerId] of awkward.entries()) {
    const product = { productId: `p${customerId}`, name: customerId, price: { amount: 5, currency: 'USD' } };
    const orderId = `o${customerId}`;
    const lineItems = [{ lineItemId: `l${index}`, productId: product.productId, quantity: 1 }];
    const customer = { customerId, name: customerId, email: `c${index}@example.com`, segment: 'gold' };
    const places = { locale: 'en-GB', timeZone: 'Europe/London' };
    for (const [path, json] of [
      ['/v1/products', product],
      ['/v1/customers', { ...customer, ...places }],
      ['/v1/orders', { orderId, customerId, lineItems }],
    ] as const)
      expect(await opened.ask(path, { json })).toMatchObject({ status: 201 });
  }
  await opened.shop.settle();
  return opened;
}

describe('every page', () => {
  it.each(paths)('%s says what it may load, and holds neither script nor style', async (path) => {
    const { view, ask, shop } = await openPages();
    await ask('/v1/orders/ord-1001/shipments', { json: {} });
    await shop.settle();

    const { status, headers, text } = await view(path);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const tags = tagsOf(text);
    expect(tags.filter((tag) => tag.startsWith('<script'))).toEqual(['<script type="" src="">']);
    expect(text).toContain('<script type="module" src="/assets/pages.js"></script>');
    expect(tags.filter((tag) => /^<style|\sstyle=|\son\w+=/.test(tag))).toEqual([]);
    for (const address of [...attributesOf(text, 'src'), ...attributesOf(text, 'href')])
      expect(address).toMatch(/^(\/[^/]|\/$|#)/);
  });

  it.each(paths)('%s has its landmarks, one first heading and a name for every field', async (path) => {
    const { view } = await openPages();

    const { text } = await view(path);

    const tags = tagsOf(text).map((tag) => /^<(\w+)/.exec(tag)?.[1]);
    for (const name of ['header', 'main', 'footer', 'h1', 'title'])
      expect(tags.filter((tag) => tag === name)).toHaveLength(1);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('href="#main"');
    const labelled = new Set(attributesOf(text, 'for'));
    const fields = [...text.matchAll(/<(?:input|select)\s[^>]*>/g)].map(([tag]) => tag);
    for (const field of fields.filter((tag) => !tag.includes('type="hidden"')))
      expect(labelled).toContain(/id="([^"]+)"/.exec(field)?.[1]);
    const ids = attributesOf(text, 'id');
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('leads nowhere where there is nothing, whatever the ids are', async () => {
    const { view } = await openBusy();
    const [asked, waiting] = [new Set<string>(), ['/', ...paths]];
    const dead: string[] = [];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (asked.has(path)) continue;
      asked.add(path);
      const { status, headers, text } = await view(path);
      if (status !== 200) dead.push(`${status} ${path}`);
      if (!headers.get('content-type')?.includes('html') || path.startsWith('/mail')) continue;
      const found = [...attributesOf(text, 'href'), ...attributesOf(text, 'src')];
      waiting.push(...found.filter((each) => each.startsWith('/')));
    }

    expect(dead).toEqual([]);
    expect(asked.size).toBeGreaterThan(100);
  });

  it.each(awkward)('finds what is about the customer %j', async (customerId) => {
    const { view } = await openBusy();

    const { text, status } = await view(`/inbox?${new URLSearchParams({ customer: customerId })}`);

    expect(textOf(text)).toContain(`Inbox of ${customerId}`);
    // A path cannot hold the two dots, so the API cannot be asked.
    if (customerId === '..') return expect(status).toBe(404);
    expect(textOf(text)).toContain('Welcome to Hill & Valley Cycles');
    const explained = await view(
      `/explain?${new URLSearchParams({ id: `o${customerId}`, customer: customerId })}`,
    );
    expect(explained.status).toBe(200);
    expect(textOf(explained.text)).toMatch(/order-confirmed to\s/);
  });
});

it.each(architectureNames)('shows on %s what the shop does, without a script', async (architecture) => {
  const { view, ask, shop } = await openPages({ architecture });
  const before = await view('/');
  expect(textOf(before.text)).toContain('Nothing has happened yet.');
  expect(textOf(before.text)).toContain('Nothing has been requested yet.');

  await ask('/v1/orders/ord-1001/shipments', { json: {} });
  await shop.settle();

  const { text } = await view('/');
  expect(textOf(text)).toContain(architecture);
  expect(text).toContain('<dt>Sent</dt><dd><b>2</b></dd>');
  expect(text.replace(/\s+/g, ' ')).toContain('<b>OrderStatusChanged</b> ord-1001');
  const flow = attributesOf(text, 'href').find((each) => each.startsWith('/flow/')) ?? '';
  const steps = textOf((await view(flow)).text).replace(/\s+/g, ' ');
  expect(steps).toContain('ordering → event log: OrderStatusChanged ord-1001');
  expect(steps).toContain('delivery → email: order-shipped to ada');
  expect(steps).toContain('delivery → sms: order-shipped to ada');
  const why = textOf((await view('/explain?id=ord-1001&customer=ada')).text).replace(/\s+/g, ' ');
  expect(why).toContain('OrderStatusChanged ord-1001 placed → shipped');
  expect(why).toContain('sent : accepted by the provider');
});
