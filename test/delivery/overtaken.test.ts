import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { createMessage, shopEvents } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { failingChannel, moodyChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { anOrder } from '../support/records.ts';
import { aRequest, hourMs, minuteMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const lateMs = Date.parse('2026-03-02T23:30:00.000Z');
const morningMs = Date.parse('2026-03-03T07:00:00.000Z');
const customers = [aCustomer({ quietHours: atNight })];
const usd = (amount: number) => ({ amount, currency: 'USD' });
const busy = new ChannelError('transient', { message: 'busy' });

/** Kim has the helmet in the cart, and it has just come down to $29.99. */
async function openWithHelmet(options: Parameters<typeof openPostOffice>[0]): Promise<PostOffice> {
  const office = await openPostOffice(options);
  const { products, carts } = office.datastore;
  await products.insert({ id: 'helmet', name: 'Helmet', price: usd(2999) });
  await carts.add({ customerId: 'kim', productId: 'helmet', quantity: 1 });
  return office;
}
const priceDrop = () => aRequest({ type: 'price-drop', about: 'helmet', occurredAtMs: lateMs });

it('what has waited for the morning and is no longer so is skipped in the morning', async () => {
  const office = await openWithHelmet({ customers, nowMs: lateMs });
  await office.request(priceDrop());
  await office.datastore.products.setPrice('helmet', usd(3499));

  await office.finish();

  const [entry] = await office.datastore.ledger.find('customerId', 'kim');
  expect(entry?.deliveries).toMatchObject([
    { channel: 'email', status: 'sent' },
    { channel: 'sms', status: 'skipped', reason: 'overtaken', settledAtMs: morningMs, attempts: 0 },
  ]);
  expect(office.decisions.at(-1)).toMatchObject({ reason: 'overtaken', status: 'skipped', atMs: morningMs });
});

it('what has waited and is still so is sent', async () => {
  const office = await openWithHelmet({ customers, nowMs: lateMs });
  await office.request(priceDrop());
  await office.datastore.products.setPrice('helmet', usd(3499));
  await office.datastore.products.setPrice('helmet', usd(2999));

  await office.finish();

  expect(office.texts.all()).toHaveLength(1);
});

it('what comes at once is not asked, even if the shop says otherwise', async () => {
  const office = await openPostOffice();

  await office.request(aRequest({ type: 'price-drop', about: 'no product of ours' }));

  expect(await ledgerLines(office.datastore)).toEqual([
    'price-drop kim email sent sent',
    'price-drop kim sms sent sent',
  ]);
});

it('what waits for a retry is asked before the next attempt', async () => {
  const sms = moodyChannel('sms', busy);
  const office = await openWithHelmet({ channels: [sms] });
  await office.request(aRequest({ type: 'price-drop', about: 'helmet' }));
  await office.datastore.carts.remove('kim', ['helmet'], 0);
  sms.mood = undefined;

  await office.finish();

  expect(sms.taken).toEqual([]);
  expect(await ledgerLines(office.datastore)).toContain('price-drop kim sms skipped overtaken');
});

it.each([
  ['back', -hourMs],
  ['forward', hourMs],
])(
  'what nobody knows the outcome of is asked before the next attempt, with the clock set %s meanwhile',
  async (_, stepMs) => {
    const sms = moodyChannel('sms', new Error('the connection broke'));
    const office = await openWithHelmet({ channels: [sms] });
    await office.request(aRequest({ type: 'price-drop', about: 'helmet' }));
    office.clock.set(office.clock.now() + stepMs);
    await office.datastore.carts.remove('kim', ['helmet'], 0);
    sms.mood = undefined;

    await office.finish();

    expect(sms.taken).toEqual([]);
  },
);

it('what a retry puts into quiet hours is asked when the retry is due, not in the morning', async () => {
  const sms = moodyChannel('sms', busy);
  const justBefore = lateMs - 90 * minuteMs - 500;
  const office = await openWithHelmet({ customers, channels: [sms], nowMs: justBefore });
  await office.request(aRequest({ type: 'price-drop', about: 'helmet', occurredAtMs: justBefore }));
  await office.datastore.carts.remove('kim', ['helmet'], 0);

  await office.finish();

  const [entry] = await office.datastore.ledger.find('customerId', 'kim');
  const text = entry?.deliveries.find(({ channel }) => channel === 'sms');
  expect(text).toMatchObject({ reason: 'overtaken' });
  expect(text?.settledAtMs).toBeLessThan(justBefore + minuteMs);
});

it('what is too old is expired, not overtaken', async () => {
  const office = await openWithHelmet({ customers, nowMs: lateMs });
  await office.request({ ...priceDrop(), occurredAtMs: lateMs - 23 * hourMs });
  await office.datastore.carts.remove('kim', ['helmet'], 0);

  await office.finish();

  expect(await ledgerLines(office.datastore)).toContain('price-drop kim sms skipped expired');
});

it('what found no place behind a provider that is down has waited too', async () => {
  const sms = moodyChannel('sms', busy);
  const office = await openWithHelmet({ channels: [sms], maxInHand: 4 });
  const drops = Array.from({ length: 40 }, (_, index) =>
    aRequest({ type: 'price-drop', about: `drop-${index}` }),
  );
  await Promise.all(drops.map((drop) => office.request({ ...drop, subject: 'helmet' })));
  await office.settle();
  await office.datastore.carts.remove('kim', ['helmet'], 0);
  sms.mood = undefined;

  await office.finish();

  expect(sms.taken).toEqual([]);
});

it('what a person sends on its way again is asked', async () => {
  const refusing = failingChannel('sms', new ChannelError('permanent', { message: 'no' }));
  const office = await openWithHelmet({ channels: [refusing] });
  const drop = aRequest({ type: 'price-drop', about: 'helmet' });
  await office.request(drop);
  await office.datastore.carts.remove('kim', ['helmet'], 0);

  await office.delivery.redrive({ notificationId: drop.id, channel: 'sms' });
  await office.finish();

  expect(refusing.asked).toHaveLength(1);
  expect(office.decisions.map(({ reason }) => reason)).toEqual(['sent', 'rejected', 'redriven', 'overtaken']);
});

it('a payment that came before the failure does not overtake it, one that came since does', async () => {
  const clock = new VirtualClock(lateMs);
  const ids = createIds(clock, seededRandom(1));
  const payment = { orderId: 'order-1', customerId: 'kim', amount: usd(100) };
  const received = (paymentId: string) =>
    createMessage({ clock, ids }, shopEvents.PaymentReceived, { paymentId, ...payment });
  const failed = createMessage({ clock, ids }, shopEvents.PaymentFailed, {
    paymentId: 'pay-2',
    reason: 'card_declined',
    ...payment,
  });
  const sms = moodyChannel('sms', busy);
  const play = async (events: Parameters<PostOffice['datastore']['eventLog']['append']>[0]) => {
    sms.mood = busy;
    const office = await openPostOffice({ channels: [sms] });
    await office.datastore.eventLog.append(events);
    await office.request({ ...aRequest({ type: 'payment-failed' }), causeId: failed.id });
    sms.mood = undefined;
    await office.finish();
    return (await ledgerLines(office.datastore)).at(-1);
  };

  expect(await play([received('pay-1'), failed])).toBe('payment-failed kim sms sent sent');
  expect(await play([failed, received('pay-3')])).toBe('payment-failed kim sms skipped overtaken');
});

it('what waited is asked by the process that is there when its time comes', async () => {
  const file = temporaryFile('shop.db');
  const evening = await openWithHelmet({ file, customers, nowMs: lateMs });
  await evening.datastore.orders.insert(anOrder('order-1'));
  await evening.request(priceDrop());
  await evening.request(aRequest({ type: 'order-confirmed' }));
  await evening.close();

  const night = await openPostOffice({ file, customers, nowMs: lateMs + hourMs });
  await night.datastore.carts.remove('kim', ['helmet'], 0);
  await night.datastore.orders.setStatus('order-1', 'cancelled');
  await night.finish();

  const lines = await ledgerLines(night.datastore);
  expect(lines.filter((line) => line.includes('sms'))).toEqual([
    'order-confirmed kim sms skipped overtaken',
    'price-drop kim sms skipped overtaken',
  ]);
  await night.close();
});

it('a thousand that are due at once cost a few queries, not thousands', async () => {
  let queries = 0;
  const counting = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, key) {
        const method = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => {
          queries++;
          return method.apply(target, given);
        };
      },
    });
  const everyone = Array.from({ length: 1000 }, (_, index) =>
    aCustomer({ id: `customer-${index}`, quietHours: atNight }),
  );
  const office = await openPostOffice({
    customers: everyone,
    nowMs: lateMs,
    alterDatastore: (datastore) => ({
      ...datastore,
      transaction: (work) =>
        datastore.transaction((stores) =>
          work({ ...stores, carts: counting(stores.carts), products: counting(stores.products) }),
        ),
    }),
  });
  const drop = aRequest({ type: 'price-drop', about: 'helmet', occurredAtMs: lateMs });
  for (const { id } of everyone) await office.request({ ...drop, id: `drop:${id}`, customerId: id });

  await office.finish();

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 1000, skipped: 1000 });
  expect(queries).toBeLessThan(20);
});
