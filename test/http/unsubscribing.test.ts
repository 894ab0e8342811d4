import { expect, it } from 'vitest';
import { captureUnsubscribeSecret } from '../../src/delivery/index.ts';
import { unsubscribeUrl } from '../../src/notifications/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openServedShop } from './served-shop.ts';

const one = 'List-Unsubscribe=One-Click';
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

/** A customer to whom a lower price was told by mail, and the link in that mail. */
async function openWithLink(options: Parameters<typeof openServedShop>[0] = {}) {
  const served = await openServedShop(options);
  const { shop, email } = served;
  await shop.datastore.customers.insert(aCustomer({ id: 'zed', segment: 'gold' }));
  await shop.services.ordering.addCartItem({ customerId: 'zed', productId: 'helmet', quantity: 1 });
  const priceFallsTo = async (amount: number) => {
    await shop.services.pricing.updatePrice({ productId: 'helmet', price: { amount, currency: 'USD' } });
    await shop.settle();
  };
  await priceFallsTo(900);
  const mail = email.outbox.all().find(({ to }) => to === 'kim@example.com' || to.includes('zed')) as {
    unsubscribeUrl: string;
    mime(): Promise<string>;
  };
  const { pathname, search } = new URL(mail.unsubscribeUrl);
  const isOn = async () =>
    (await shop.datastore.customers.find('zed'))?.preferences.price_alerts?.email !== false;
  return { ...served, priceFallsTo, mail, path: pathname + search, isOn };
}

it('the link of a mail shows a page with a button, and has changed nothing', async () => {
  const { ask, path, isOn } = await openWithLink();

  const { status, headers, text } = await ask(path);

  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
  });
  expect(text).toContain('<form method="post">');
  expect(text).toContain('name="List-Unsubscribe" value="One-Click"');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'; form-action 'self'");
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(await isOn()).toBe(true);
});

it('a POST to it, as mail programs send it, ends those mails; nothing of them is sent any more', async () => {
  const { ask, path, isOn, priceFallsTo, mail, email } = await openWithLink();
  expect((await mail.mime()).replace(/\r\n\s+/g, ' ')).toContain(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  const before = email.outbox.count;

  const { status, text } = await ask(path, { method: 'POST', headers: urlencoded, body: one });
  await priceFallsTo(800);

  expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('No more price alerts') });
  expect(await isOn()).toBe(false);
  const sent = email.outbox
    .all()
    .slice(before)
    .map(({ to }) => to);
  expect(sent).not.toContain('kim@example.com');
});

it('comes as a form of several parts too, and twice', async () => {
  const { ask, path, isOn } = await openWithLink();
  const body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };

  for (let time = 0; time < 2; time++) {
    expect((await ask(path, { method: 'POST', headers, body })).status).toBe(200);
  }
  expect(await isOn()).toBe(false);
  const bad = await ask(path, { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body });
  expect(bad).toMatchObject({ status: 400, body: { code: 'invalid_form' } });
});

it('needs no token where one is demanded, nor a name of this machine, and the button of its page is no other site', async () => {
  const { ask, path, isOn } = await openWithLink({ token: 'a token that is long enough' });
  const headers = { ...urlencoded, host: 'shop.example', origin: 'https://shop.example' };

  expect((await ask(path, { headers: { host: 'shop.example' } })).status).toBe(200);
  expect((await ask(path, { method: 'POST', headers, body: one })).status).toBe(200);
  expect(await isOn()).toBe(false);
});

it('a link that is forged, changed, cut off, of an old secret or of who was erased is refused', async () => {
  const { ask, path, isOn, shop } = await openWithLink();
  const of = (customerId: string, category: string, secret: string) => {
    const { pathname, search } = new URL(unsubscribeUrl({ customerId, category }, secret));
    return pathname + search;
  };
  const wrong = [
    path.slice(0, -1),
    `${path}A`,
    '/unsubscribe?token=x.y',
    of('zed', 'price_alerts', 'an old secret'),
    of('zed', 'order_updates', captureUnsubscribeSecret),
    of('nobody', 'price_alerts', captureUnsubscribeSecret),
  ];

  for (const each of wrong) {
    const posted = await ask(each, { method: 'POST', headers: urlencoded, body: one });
    expect(posted).toMatchObject({ status: 400, body: { code: 'invalid_unsubscribe_link' } });
  }
  expect((await ask(wrong[0] as string)).status).toBe(400);
  expect(await isOn()).toBe(true);
  await shop.services.accounts.eraseCustomer({ customerId: 'zed' });
  expect((await ask(path, { method: 'POST', headers: urlencoded, body: one })).status).toBe(400);
});

it('without the words of one click it is no click', async () => {
  const { ask, path, isOn } = await openWithLink();

  for (const body of ['', 'List-Unsubscribe=Yes', 'a=b']) {
    expect((await ask(path, { method: 'POST', headers: urlencoded, body })).status).toBe(422);
  }
  expect((await ask('/unsubscribe')).status).toBe(422);
  expect(await isOn()).toBe(true);
});
