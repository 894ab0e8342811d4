import { describe, expect, it } from 'vitest';
import { type MoodyChannel, patientChannel, slowChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';
import { aRequest, hourMs, noonMs, secondMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';

const ask = ({ delivery }: PostOffice, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => delivery.request(aRequest({ about: `order-${index}` }))),
  );

it('stopping waits for a provider that has not answered yet', async () => {
  const sms = slowChannel('sms');
  const office = await openPostOffice({ channels: [sms] });
  await ask(office, 1);
  let hasStopped = false;
  const stopping = office.delivery.stop().then(() => {
    hasStopped = true;
  });
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(hasStopped).toBe(false);

  sms.answer();
  await stopping;

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2, pending: 0 });
});

it('what waits in the ledger stays there, although there is room now', async () => {
  const sms = slowChannel('sms');
  const office = await openPostOffice({ channels: [sms], maxInHand: 10 });
  await ask(office, 30);
  await until(() => office.decisions.length === 30);
  const stopping = office.delivery.stop();

  sms.answer();
  await stopping;
  await office.finish();

  expect(sms.asked).toHaveLength(10);
  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 60, sent: 40, pending: 20 });
});

it('a provider that never answers is left after fifteen seconds', async () => {
  const office = await openPostOffice({ channels: [slowChannel('sms')] });
  await ask(office, 1);
  const stopping = office.delivery.stop();

  await office.clock.advanceTo(noonMs + 15 * secondMs, async () => {});
  await stopping;

  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending ');
  expect(office.clock.nextDueMs()).toBeUndefined();
});

it('what the provider says after that is not heard', async () => {
  const sms = slowChannel('sms');
  const office = await openPostOffice({ channels: [sms], stopWithinMs: 0 });
  await ask(office, 1);
  const stopping = office.delivery.stop();
  await office.clock.advanceTo(noonMs, async () => {});
  await stopping;

  sms.answer();
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);

  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending ');
});

describe('what waits on the clock', () => {
  const stopped = async (sms: MoodyChannel, file?: string): Promise<PostOffice> => {
    const office = await openPostOffice({ channels: [sms], maxInHand: 4, ...(file && { file }) });
    await ask(office, 6);
    await office.settle();
    await office.delivery.stop();
    return office;
  };

  it('is left at once, pending, and the clock need not move', async () => {
    const office = await stopped(patientChannel('sms', hourMs));

    expect(office.clock.nextDueMs()).toBeUndefined();
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 6, pending: 6 });
  });

  it('is taken up at the next start, with all the rest', async () => {
    const file = temporaryFile('shop.db');
    const first = await stopped(patientChannel('sms', hourMs), file);
    await first.datastore.close();

    const next = await openPostOffice({ file });
    await next.settle();

    expect(next.texts.all()).toHaveLength(6);
    expect(await next.datastore.ledger.counts()).toMatchObject({ sent: 12, pending: 0 });
    await next.close();
  });

  it('is left too when it begins to wait only then', async () => {
    const sms = patientChannel('sms', hourMs);
    const waitLater = sms.send;
    let goOn = (): void => {};
    sms.send = async (message, context) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      return waitLater(message, context);
    };
    const office = await openPostOffice({ channels: [sms] });
    await ask(office, 1);
    const stopping = office.delivery.stop();

    goOn();
    await stopping;

    expect(office.clock.nextDueMs()).toBeUndefined();
    expect(sms.taken).toEqual([]);
    expect(await office.datastore.ledger.counts()).toMatchObject({ pending: 1 });
  });
});

it('a caller who waits for a delivery that is left is told that it is pending', async () => {
  const office = await openPostOffice({ channels: [patientChannel('sms', hourMs)] });
  const asked = office.delivery.deliver(aRequest());
  await office.settle();

  await office.delivery.stop();

  expect(await asked).toMatchObject([{ status: 'sent' }, { channel: 'sms', status: 'pending' }]);
});

it('nothing more is taken after it', async () => {
  const office = await openPostOffice();
  await office.delivery.stop();

  for (const act of [() => office.delivery.request(aRequest()), () => office.delivery.deliver(aRequest())])
    expect(await rejectionOf(act)).toMatchObject({ code: 'delivery_stopped' });

  expect(await ledgerLines(office.datastore)).toEqual([]);
});

it('a request that was made before it is finished', async () => {
  const office = await openPostOffice();
  const asked = office.delivery.request(aRequest());

  await office.delivery.stop();
  await asked;

  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
});

it('stopping twice is stopping once', async () => {
  const sms = slowChannel('sms');
  const office = await openPostOffice({ channels: [sms] });
  await ask(office, 1);
  const stopping = [office.delivery.stop(), office.delivery.stop()];
  await until(() => sms.asked.length === 1);

  sms.answer();
  await Promise.all(stopping);

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2 });
});
