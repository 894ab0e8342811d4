import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { type NotificationType, notificationKinds, type Usefulness } from '../../src/notifications/index.ts';
import { failingChannel, moodyChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs } from '../support/requests.ts';

const types = Object.keys(notificationKinds) as NotificationType[];
const busy = new ChannelError('transient', { message: 'busy' });

it.each(types)('%s is useful for as long as the setting says, to the millisecond', async (type) => {
  const office = await openPostOffice({ usefulForMinutes: { [type]: 90 } });
  const askFor = async (about: string, ageMs: number) => {
    const ends = await office.request(aRequest({ type, about, occurredAtMs: noonMs - ageMs }));
    return ends.map(({ status, reason }) => `${status} ${reason}`)[0];
  };

  expect(await askFor('in-time', 90 * minuteMs)).toBe('sent sent');
  expect(await askFor('too-late', 90 * minuteMs + 1)).toBe('skipped expired');
});

it.each(types.filter((type) => !('usefulForMinutes' in notificationKinds[type])))(
  'without a setting, %s is always useful',
  async (type) => {
    const office = await openPostOffice();

    const ends = await office.request(aRequest({ type, occurredAtMs: noonMs - 10_000 * hourMs }));

    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['sent']));
  },
);

it('a retry that would come too late is given up as expired when its time is over, not later', async () => {
  const sms = failingChannel(
    'sms',
    new ChannelError('transient', { message: 'busy', retryAfterMs: 5 * hourMs, isThrottled: false }),
  );
  const office = await openPostOffice({ channels: [sms], usefulForMinutes: { 'order-shipped': 60 } });
  const notification = aRequest();
  await office.request(notification);

  await office.finish();

  const [entry] = await office.datastore.ledger.find('id', notification.id);
  expect(entry?.deliveries.find(({ channel }) => channel === 'sms')).toMatchObject({
    reason: 'expired',
    settledAtMs: noonMs + hourMs + 1,
    attempts: 1,
  });
  expect(sms.asked).toHaveLength(1);
});

it('a retry that comes in time comes when it would have come anyway', async () => {
  const run = async (usefulForMinutes: object) => {
    const sms = moodyChannel('sms', busy);
    const office = await openPostOffice({ channels: [sms], usefulForMinutes });
    await office.request(aRequest());
    const [verdict] = await office.datastore.ledger.verdicts([aRequest().id]);
    sms.mood = undefined;
    await office.finish();
    return { untilMs: verdict?.untilMs, lines: await ledgerLines(office.datastore) };
  };

  const limited = await run({ 'order-shipped': 60 });

  expect(limited).toEqual(await run({}));
  expect(limited.lines).toContain('order-shipped kim sms sent sent');
});

it.each([
  [{ 'price-drop': -1 }, expect.stringContaining('usefulForMinutes.price-drop')],
  [{ 'price-drop': Number.NaN }, expect.stringContaining('usefulForMinutes.price-drop')],
  [{ 'price-rise': 5 }, expect.stringContaining('price-rise')],
])('%o is no setting', async (usefulForMinutes, message) => {
  await expect(openPostOffice({ usefulForMinutes: usefulForMinutes as Usefulness })).rejects.toMatchObject({
    code: 'invalid_setting',
    message,
  });
});
