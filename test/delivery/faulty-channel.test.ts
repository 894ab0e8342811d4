import { expect, test } from 'vitest';
import {
  ChannelError,
  captureSms,
  type Faults,
  FaultyChannel,
  type SendContext,
} from '../../src/delivery/index.ts';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { noonMs, secondMs } from '../support/requests.ts';

function aProvider(faults: Faults, seed = 1) {
  const clock = new VirtualClock(noonMs);
  const provider = captureSms();
  const channel = new FaultyChannel(provider, { clock, random: seededRandom(seed), faults });
  const waits: number[] = [];
  const context = (idempotencyKey: string): SendContext => ({
    idempotencyKey,
    signal: new AbortController().signal,
    async wait(ms) {
      waits.push(ms);
    },
  });
  const send = (id: string, to = '+15550100') =>
    channel.send({ to, recipientName: 'Kim', content: { text: 'Hello' } }, context(id));
  /** How each of so many messages ended. */
  async function sendMany(count: number): Promise<string[]> {
    const ends: string[] = [];
    for (let index = 0; index < count; index++) {
      ends.push(
        await send(`delivery-${index}`).then(
          () => 'sent',
          (error: Error) => error.message,
        ),
      );
    }
    return ends;
  }
  return { clock, provider, channel, waits, send, sendMany };
}

test('without faults it is the channel that it wraps', async () => {
  const { provider, channel, send, waits } = aProvider({});

  await expect(send('delivery-1')).resolves.toEqual({ id: 'captured-delivery-1' });

  expect([channel.name, channel.templates]).toEqual(['sms', 'sms']);
  expect(provider.outbox.all().map(({ deliveryId }) => deliveryId)).toEqual(['delivery-1']);
  expect(waits).toEqual([]);
});

test('about as many messages are refused for now as it was told, and those do not reach the provider', async () => {
  const { provider, sendMany } = aProvider({ failureRate: 0.3 });

  const ends = await sendMany(1000);

  const refused = ends.filter((end) => end === 'the provider is busy').length;
  expect(refused).toBeGreaterThan(250);
  expect(refused).toBeLessThan(350);
  expect(provider.outbox.count).toBe(1000 - refused);
});

test('the same seed refuses the same messages, another one others', async () => {
  const [once, again, otherwise] = await Promise.all(
    [1, 1, 2].map((seed) => aProvider({ failureRate: 0.5 }, seed).sendMany(50)),
  );

  expect(again).toEqual(once);
  expect(otherwise).not.toEqual(once);
});

test('a refusal for now is transient, and says how long to wait when it was told so', async () => {
  const { send } = aProvider({ failureRate: 1, retryAfterMs: 5000 });

  await expect(send('delivery-1')).rejects.toMatchObject({ kind: 'transient', retryAfterMs: 5000 });
});

test('during an outage everything is refused, from its first moment to before its last', async () => {
  const outages = [{ fromMs: noonMs + secondMs, toMs: noonMs + 2 * secondMs }];
  const { clock, sendMany } = aProvider({ outages });

  const ends: string[] = [];
  for (const atMs of [noonMs + 999, noonMs + 1000, noonMs + 1999, noonMs + 2000]) {
    await clock.advanceTo(atMs, async () => {});
    ends.push(...(await sendMany(1)));
  }

  expect(ends).toEqual(['sent', 'the provider is down', 'the provider is down', 'sent']);
});

test('a blocked recipient is refused for good, and is not to be used any more', async () => {
  const { send } = aProvider({ blockedRecipients: ['+15550199'] });

  const refusal = await send('delivery-1', '+15550199').catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(ChannelError);
  expect(refusal).toMatchObject({ kind: 'permanent', suppress: 'blocked' });
  await expect(send('delivery-2')).resolves.toBeDefined();
});

test('a slow provider waits on the clock before it does anything', async () => {
  const { send, waits } = aProvider({ latencyMs: 50 });

  await send('delivery-1');

  expect(waits).toEqual([50]);
});

test('a lost answer means that the provider has it, and that nobody knows', async () => {
  const { provider, send } = aProvider({ lostAnswerRate: 1 });

  const failure = await send('delivery-1').catch((error: unknown) => error);

  expect(failure).not.toBeInstanceOf(ChannelError);
  expect(provider.outbox.count).toBe(1);
});

test('a provider can be mended while it runs', async () => {
  const { channel, send } = aProvider({ failureRate: 1 });
  await expect(send('delivery-1')).rejects.toThrow('busy');

  channel.faults = {};

  await expect(send('delivery-1')).resolves.toBeDefined();
});
