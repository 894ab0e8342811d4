import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs, secondMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const busyForTen = new ChannelError('transient', { message: '429', retryAfterMs: 10 * secondMs });

it('what waits from before a restart does not take those for lost that are due with it', async () => {
  const file = temporaryFile('shop.db');
  const sms = moodyChannel('sms', busyForTen);
  const before = await openPostOffice({ file, channels: [sms] });
  await before.request(aRequest({ type: 'order-confirmed' }));
  await before.request(aRequest({ about: 'order-2' }));
  await before.datastore.close();

  // The provider takes one at a time, and another order's has a turn in between.
  const after = await openPostOffice({ file, channels: [sms], nowMs: noonMs + secondMs });
  const payment = aRequest({ type: 'payment-received' });
  const shipped = aRequest();
  await after.request(payment);
  await after.request(shipped);
  sms.mood = undefined;
  await after.finish();

  const ofBoth = sms.taken.filter((key) => key === `${payment.id}:sms` || key === `${shipped.id}:sms`);
  expect(ofBoth).toEqual([`${payment.id}:sms`, `${shipped.id}:sms`]);
});
