import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { type Clock, steadyClock, VirtualClock } from '../../src/kernel/index.ts';
import { moodyChannel, slowChannel } from '../support/channels.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs, secondMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

const steps = [
  ['back an hour', -hourMs],
  ['forward an hour', hourMs],
] as const;

describe.each(steps)('when the clock on the wall is set %s', (_, stepMs) => {
  it('a provider that was down is asked again when it would have been', async () => {
    const sms = moodyChannel('sms', new ChannelError('transient', { message: 'down' }));
    const office = await openPostOffice({ channels: [sms], retry: { maxAttempts: 9 } });
    for (let index = 0; index < 6; index++) await office.request(aRequest({ about: `order-${index}` }));
    expect(office.delivery.breakers().get('sms')).toBe('open');
    sms.mood = undefined;

    office.clock.set(office.clock.now() + stepMs);
    await office.advanceTo(noonMs + stepMs + 59 * secondMs);
    expect(sms.taken).toEqual([]);
    await office.advanceTo(noonMs + stepMs + 3 * minuteMs);

    expect(sms.taken).toHaveLength(6);
  });

  it('a provider that never answers is given up after the time that it has', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], sendTimeoutMs: 30 * secondMs });
    void office.request(aRequest());
    await until(() => sms.asked.length === 1);

    office.clock.set(office.clock.now() + stepMs);
    await office.clock.advanceTo(noonMs + stepMs + 30 * secondMs, async () => {});
    await until(() => office.decisions.some(({ reason }) => reason === 'outcome_unknown'));

    expect(office.clock.now()).toBe(noonMs + stepMs + 30 * secondMs);
    sms.answer();
    await office.settle();
  });

  it('a customer gets no more than a hundred texts in a minute', async () => {
    const sms = moodyChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    for (let index = 0; index < 100; index++) await office.request(aRequest({ about: `order-${index}` }));

    office.clock.set(office.clock.now() + stepMs);
    for (let index = 100; index < 200; index++) await office.request(aRequest({ about: `order-${index}` }));

    expect(sms.taken).toHaveLength(100);
  });
});

it('a clock that has no monotonic reading never goes back, and a timer that rings proves that its time has passed', async () => {
  const timers = new VirtualClock(0);
  let wallMs = noonMs;
  const clock: Clock = {
    now: () => wallMs + timers.now(),
    schedule: (atMs, run) => timers.after(atMs - wallMs - timers.now(), run),
  };
  const steady = steadyClock(clock);
  const rangAtMs: number[] = [];
  steady.schedule(steady.now() + minuteMs, () => rangAtMs.push(steady.now()));

  wallMs -= hourMs;
  expect(steady.now()).toBe(noonMs);
  await timers.advanceTo(minuteMs, async () => {});

  expect(rangAtMs).toEqual([noonMs + minuteMs]);
});
