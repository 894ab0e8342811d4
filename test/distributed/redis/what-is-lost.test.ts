import { expect, onTestFinished, test } from 'vitest';
import { openBroker, RedisEventBus } from '../../../src/bus/index.ts';
import { shopEvents } from '../../../src/events/index.ts';
import { seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { idsOf, recorder } from '../../support/bus.ts';
import { eventMaker, eventsBeginAtMs } from '../../support/events.ts';
import { aWire } from '../a-wire.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';

const many = 2000;
const clock = new VirtualClock(eventsBeginAtMs);
const make = eventMaker(clock);

async function aServer(...settings: [string, string][]): Promise<RedisServer> {
  const server = await startRedis(settings);
  onTestFinished(() => server.remove());
  return server;
}

async function aBus(url: string) {
  const broker = await openBroker(url);
  onTestFinished(() => broker.destroy());
  return new RedisEventBus({
    catalogue: shopEvents,
    clock,
    broker,
    random: seededRandom(1),
    takeOverMs: 300,
  });
}

/** Has its place, and is away. */
async function enlist(url: string): Promise<void> {
  const bus = await aBus(url);
  bus.subscribe(recorder('mailer'));
  await bus.settle();
  await bus.close();
}

/** One after the other, each when the one before it has been answered for; those that were. */
async function publishAll(url: string): Promise<string[]> {
  const bus = await aBus(url);
  const answered: string[] = [];
  for (let at = 0; at < many; at++) {
    const message = make.registered(`customer-${at % 100}`);
    const isThere = await bus.publish([message]).then(
      () => true,
      () => false,
    );
    if (isThere) answered.push(message.id);
    else break;
  }
  return answered;
}

async function handledAt(url: string): Promise<string[]> {
  const bus = await aBus(url);
  const mailer = recorder('mailer');
  bus.subscribe(mailer);
  await bus.settle();
  await bus.close();
  return idsOf(mailer.handled);
}

/** How much of what a server has answered for is gone when it has been killed, and started again. */
async function lostToAKill(...settings: [string, string][]): Promise<{ answered: number; lost: number }> {
  const server = await aServer(...settings);
  const url = `${server.url}?persistence=none`;
  await enlist(url);
  const answered = await publishAll(url);
  await server.kill();
  await server.start();
  const handled = new Set(await handledAt(url));
  return { answered: answered.length, lost: answered.filter((id) => !handled.has(id)).length };
}

test('killed, a server without a log of its own has lost all that it had answered for', async () => {
  expect(await lostToAKill(['appendonly', 'no'])).toEqual({ answered: many, lost: many });
});

test('killed, a server that writes before it answers has lost nothing', async () => {
  const settings: [string, string][] = [
    ['appendonly', 'yes'],
    ['appendfsync', 'always'],
  ];
  expect(await lostToAKill(...settings)).toEqual({ answered: many, lost: 0 });
});

/** The kernel has what was written, and writes it though the process is dead; what its machine's death loses no test can show. */
test('killed, a server that has its disk write every second has lost nothing either', async () => {
  expect(await lostToAKill(['appendonly', 'yes'], ['appendfsync', 'everysec'])).toEqual({
    answered: many,
    lost: 0,
  });
});

/** A server and its replica, which hears nothing from then on; then the server dies, and the replica takes its place. */
async function lostToAFailOver(replicas: number): Promise<{ answered: number; lost: number }> {
  const always: [string, string][] = [
    ['appendonly', 'yes'],
    ['appendfsync', 'always'],
  ];
  const main = await aServer(...always);
  const wire = await aWire(main.url);
  const copy = await aServer(...always, ['replicaof', `127.0.0.1 ${new URL(wire.url).port}`]);
  const url = `${main.url}?replicas=${replicas}`;
  const copied = await openBroker(`${main.url}?replicas=1`);
  onTestFinished(() => copied.destroy());
  // So that it is connected, and has what was before.
  await enlist(main.url);
  while ((await copied.send<number>(['WAIT', '1', '1000'])) < 1);
  wire.swallow();
  const answered = await publishAll(url);
  await main.kill();
  await promote(copy);
  const handled = new Set(await handledAt(copy.url));
  return { answered: answered.length, lost: answered.filter((id) => !handled.has(id)).length };
}

async function promote({ port }: RedisServer): Promise<void> {
  const { createClient } = await import('@redis/client');
  const client = createClient({ socket: { host: '127.0.0.1', port } });
  client.on('error', () => {});
  await client.connect();
  await client.sendCommand(['REPLICAOF', 'NO', 'ONE']);
  client.destroy();
}

test('at a fail-over to a replica that was behind, what the server had answered for is lost, written or not', async () => {
  expect(await lostToAFailOver(0)).toEqual({ answered: many, lost: many });
});

test('with replicas=1 it answers for nothing that no replica has, and nothing is lost', async () => {
  expect(await lostToAFailOver(1)).toEqual({ answered: 0, lost: 0 });
});
