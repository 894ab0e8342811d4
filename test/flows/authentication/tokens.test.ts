import { expect, test } from 'vitest';
import { DurableEventBus, type EventBus } from '../../../src/bus/index.ts';
import { openDatastore } from '../../../src/datastore/index.ts';
import { type Catalogue, createMessage } from '../../../src/events/index.ts';
import { beginsAtMs } from '../../../src/flows/authentication/input.ts';
import { digestOf, sampleKeys } from '../../../src/flows/authentication/keys.ts';
import { authMessages } from '../../../src/flows/authentication/messages.ts';
import { authPipeline } from '../../../src/flows/authentication/run.ts';
import { Vault } from '../../../src/flows/authentication/vault.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { readLog } from '../../../src/operations/event-log/index.ts';
import { playOut } from '../../../src/pipeline-runtime/index.ts';
import { buses } from '../a-life.ts';
import { aService, playRows, row, serve } from './a-service.ts';

const mine = 'a password of mine';

test.each(buses)(
  'a link is followed once, however many follow it at the same moment (%s)',
  async (busName) => {
    const { of } = await playRows(busName, [row(0, 'register'), ...Array(5).fill(row(1, 'link'))]);

    expect(of('UserCreated')).toHaveLength(1);
    expect(of('EmailVerified')).toHaveLength(1);
    expect(of('LinkRefused').map(({ data }) => data.reason)).toEqual(Array(4).fill('token_used'));
  },
);

test('a link is good for a day, and to the millisecond no longer', async () => {
  const day = 24 * 60;
  const { of } = await playRows('in-memory', [
    row(0, 'register'),
    row(0, 'register', { email: 'ben@example.com' }),
    row(day - 1 / 60_000, 'link'),
    row(day, 'link', { email: 'ben@example.com' }),
  ]);

  expect(of('UserCreated')).toHaveLength(1);
  expect(of('LinkRefused').map(({ data }) => data.reason)).toEqual(['token_expired']);
});

test('two workers on one datastore take a token once between them', async () => {
  const datastore = openDatastore();
  const clock = new VirtualClock(beginsAtMs);
  const service = aService();
  const worker = (seed: number) => {
    const random = seededRandom(seed);
    // biome-ignore lint/suspicious/noExplicitAny: as a world has it, for any flow.
    const bus: EventBus<any> = new DurableEventBus({
      catalogue: authMessages as Catalogue,
      clock,
      random,
      datastore,
    });
    return { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
  };
  const [one, other] = [worker(1), worker(2)];
  await serve(one, [row(0, 'register')], service);
  const pipeline = authPipeline(other, { ...service, vault: new Vault() });
  pipeline.start();
  const keys = sampleKeys();
  const { pending } = (await one.bus.states.find('pipeline.credentials', keys.accountOf('ada@example.com')))
    .value as { pending: readonly { credentialId: string }[] };
  const tokenHash = digestOf(keys.tokenOf(pending[0]?.credentialId ?? ''));
  const followed = (world: typeof one) =>
    createMessage(world, authMessages.LinkFollowed, { tokenHash, hops: 0 });
  await Promise.all([one.bus.publish([followed(one)]), other.bus.publish([followed(other)])]);
  await playOut(pipeline, clock, { untilMs: clock.now() + 120_000 });

  const said: string[] = [];
  for await (const { message } of readLog(datastore, { after: 0 })) said.push(message.type);
  await one.bus.close();
  await other.bus.close();
  await datastore.close();
  expect(said.filter((type) => /^(EmailVerified|LinkRefused|UserCreated)$/.test(type)).sort()).toEqual([
    'EmailVerified',
    'LinkRefused',
    'UserCreated',
  ]);
});

test('of several who register one mailbox, its owner keeps the password of the link that she follows', async () => {
  const { outcomes, provider } = await playRows('in-memory', [
    row(0, 'register', { password: mine }),
    row(1, 'register'),
    row(2, 'link'),
    row(3, 'login', { password: mine }),
    row(4, 'login'),
  ]);

  expect(outcomes).toEqual(['wrong_credentials', 'session']);
  expect(provider.subjects).toEqual([
    'ada: Confirm your address',
    'ada: Confirm your address',
    'ada: Welcome',
  ]);
});

test('who registers somebody else again and again fills no mailbox, and does not keep her out', async () => {
  const again = Array.from({ length: 20 }, (_, index) => row(1 + index, 'register', { password: mine }));
  const { outcomes, provider, of } = await playRows('in-memory', [
    row(0, 'register'),
    row(0.5, 'link'),
    ...again.map((each) => ({ ...each, email: 'ben@example.com' })),
    row(30, 'register', { email: 'ben@example.com' }),
    row(25 * 60 + 30, 'register', { email: 'ben@example.com' }),
    row(25 * 60 + 31, 'link', { email: 'ben@example.com' }),
    row(25 * 60 + 32, 'login', { email: 'ben@example.com' }),
  ]);

  expect(provider.subjects.filter((each) => each.startsWith('ben: Confirm'))).toHaveLength(6);
  expect(of('RegistrationRejected')).toHaveLength(16);
  expect(outcomes).toEqual(['session']);
});
