import { expect, onTestFinished, test } from 'vitest';
import { closedGate, idsOf, manyTurns, recorder, until } from '../../support/bus.ts';
import { type RedisHarness, redisHarness } from '../../support/redis-bus.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';

async function aPlace(...settings: [string, string][]): Promise<RedisHarness & { server: RedisServer }> {
  const server = await startRedis([['appendonly', 'yes'], ...settings]);
  onTestFinished(() => server.remove());
  return { ...(await redisHarness({ url: server.url })), server };
}

/** A message that a handler has in hand until its gate opens. */
async function inHand({ bus, make }: RedisHarness) {
  const gate = closedGate();
  const mailer = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(mailer);
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await until(() => mailer.handled.length === 1);
  return { gate, mailer, kim, lee: make.registered('lee') };
}

const messagesOf = ({ broker }: RedisHarness): string => `${broker.prefix}:messages`;

test('a server that dies and comes back in the middle: what was in hand is acknowledged then, and not handled again', async () => {
  const place = await aPlace();
  const { bus, make, server } = place;
  const gate = closedGate();
  const mailer = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(mailer);
  const [kim, lee, mia] = ['kim', 'kim', 'mia'].map(make.registered);
  await bus.publish([kim, lee].filter((message) => message !== undefined));
  await until(() => mailer.handled.length === 1);

  await server.kill();
  await expect(bus.publish([make.registered('ned')])).rejects.toMatchObject({ code: 'broker_unavailable' });
  await expect(bus.settle()).rejects.toMatchObject({ code: 'broker_unavailable' });
  gate.open();
  await server.start();
  await expect
    .poll(
      () =>
        bus.publish(mia ? [mia] : []).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  await bus.settle();

  expect(idsOf(mailer.handled).sort()).toEqual([kim?.id, lee?.id, mia?.id].sort());
});

test('what somebody else has written into the stream is a dead letter, and nothing behind it waits', async () => {
  const place = await redisHarness();
  const { bus, make, broker, finish } = place;
  const mailer = recorder('mailer');
  bus.subscribe(mailer);
  await bus.settle();

  await broker.send(['XADD', messagesOf(place), '*', 'm', '{"half']);
  await broker.send(['XADD', messagesOf(place), '*', 'other', 'thing']);
  await broker.send(['XADD', messagesOf(place), '*', 'm', 'null']);
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await finish();

  expect(idsOf(mailer.handled)).toEqual([kim.id]);
  const letters = await bus.deadLetters();
  expect(letters.map(({ subscriber, message }) => [subscriber, message])).toEqual([
    ['mailer', '{"half'],
    ['mailer', 'other thing'],
    ['mailer', null],
  ]);
});

test('a stream that somebody has trimmed: what was not read is gone, what is in hand is done, and the rest goes on', async () => {
  const place = await redisHarness();
  const { bus, broker } = place;
  const { gate, mailer, kim, lee } = await inHand(place);

  await broker.send(['XTRIM', messagesOf(place), 'MAXLEN', '0']);
  gate.open();
  await bus.publish([lee]);
  await bus.settle();

  expect(idsOf(mailer.handled)).toEqual(idsOf([kim, lee]));
});

test('a server that was emptied: the bus says so, and goes on with what is published from then on', async () => {
  const errors: string[] = [];
  const logger = {
    debug() {},
    info() {},
    warn() {},
    error: (_: object, words: string) => void errors.push(words),
  };
  const server = await startRedis([['appendonly', 'yes']]);
  onTestFinished(() => server.remove());
  const { bus, make, broker } = await redisHarness({ url: server.url, logger });
  const mailer = recorder('mailer');
  bus.subscribe(mailer);
  await bus.publish([make.registered('kim')]);
  await bus.settle();

  await broker.send(['FLUSHALL']);
  const lee = make.registered('lee');
  await bus.publish([lee]);
  await bus.settle();

  expect(idsOf(mailer.handled).at(-1)).toBe(lee.id);
  expect(errors).toContain('the broker has lost its streams: what was not handled is gone');
});

test('a full server refuses what is published, and takes what was handled', async () => {
  const place = await aPlace();
  const { bus, broker } = place;
  const { gate, mailer, kim, lee } = await inHand(place);

  await broker.send(['CONFIG', 'SET', 'maxmemory', '1mb']);
  await expect(bus.publish([lee])).rejects.toMatchObject({
    code: 'broker_unavailable',
    help: expect.stringContaining('It is full'),
  });
  gate.open();
  await bus.settle();
  await broker.send(['CONFIG', 'SET', 'maxmemory', '0']);
  await bus.publish([lee]);
  await bus.settle();

  expect(idsOf(mailer.handled)).toEqual(idsOf([kim, lee]));
});

test('a subscriber is handed everything on again from a moment, and what it waited for with it, once', async () => {
  const place = await redisHarness();
  const { bus, make, broker, finish } = place;
  let isBroken = true;
  const mailer = recorder('mailer', '*', async ({ subject }) => {
    if (isBroken && subject === 'mia') throw new Error('not yet');
  });
  bus.subscribe(mailer);
  const messages = ['kim', 'lee', 'mia'].map(make.registered);
  for (const message of messages) await bus.publish([message]);
  await finish();
  expect(await bus.deadLetters()).toHaveLength(1);
  const entries = await broker.send<[string, string[]][]>(['XRANGE', messagesOf(place), '-', '+']);
  isBroken = false;
  mailer.handled.length = 0;

  await bus.replay('mailer', { from: entries[1]?.[0] ?? '' });
  await finish();

  expect(idsOf(mailer.handled)).toEqual(idsOf(messages.slice(1)));
  expect(await bus.deadLetters()).toEqual([]);
  await expect(bus.replay('nobody', { from: '0' })).rejects.toMatchObject({ code: 'unknown_subscriber' });
  await expect(bus.replay('mailer', { from: 'monday' })).rejects.toMatchObject({ code: 'bad_input' });
});

test('a worker that stood still comes back: what it says of what was taken over is not heard, though it was done twice', async () => {
  const place = await redisHarness();
  const { bus, make, broker } = place;
  const gate = closedGate();
  const emitted = make.priceChanged('helmet');
  const still = recorder('mailer', ['CustomerRegistered'], async (_message, context) => {
    context.publish([emitted]);
    await gate.opened;
  });
  bus.subscribe(still);
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await until(() => still.handled.length === 1);
  // What it holds has lain for so long that others may take it over, as when the worker was stopped.
  const [[entry = '']] = (await broker.send<[string][]>([
    'XPENDING',
    messagesOf(place),
    'mailer',
    '-',
    '+',
    '1',
  ])) as [[string]];
  await broker.send([
    'XCLAIM',
    messagesOf(place),
    'mailer',
    'stopped',
    '0',
    entry,
    'IDLE',
    '100000',
    'JUSTID',
  ]);

  const other = await place.another?.();
  const otherGate = closedGate();
  const standIn = recorder('mailer', ['CustomerRegistered'], async (_message, context) => {
    context.publish([emitted]);
    await otherGate.opened;
  });
  other?.subscribe(standIn);
  await until(() => standIn.handled.length === 1);
  const entries = () => broker.send<unknown[]>(['XRANGE', messagesOf(place), '-', '+']);
  gate.open();
  await manyTurns();
  expect(await entries()).toHaveLength(1);
  otherGate.open();
  await other?.settle();

  expect([idsOf(still.handled), idsOf(standIn.handled)]).toEqual([[kim.id], [kim.id]]);
  expect(await entries()).toHaveLength(2);
});
