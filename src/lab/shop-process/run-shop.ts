import { openDatastore } from '../../datastore/index.ts';
import { defaultRetryPolicy } from '../../kernel/index.ts';
import { DomainError, execute } from '../../services/index.ts';
import { createWorld, stockSampleShop, type World } from '../../shop/index.ts';
import type { Line } from './line.ts';
import type { ShopSetup, Told } from './protocol.ts';
import { type ProviderLine, providerLine } from './provider-line.ts';
import { type Stoppable, stoppable } from './stoppable.ts';

/** One life of the shop, and what it takes to obey. */
interface Shop {
  readonly line: Line;
  readonly world: World;
  readonly datastore: Stoppable;
  readonly providers: ProviderLine;
}

/**
 * Runs a shop on a datastore file and the durable bus for whoever is at the other end of the line, who gives it
 * its commands, plays its providers, and may kill it at any moment.
 */
export function runShop(line: Line): void {
  let shop: Promise<Shop> | undefined;
  line.listen((told) => {
    if (told.kind === 'open') shop = open(line, told);
    // What goes wrong here ends the process: that is for the other end to see.
    else void shop?.then((opened) => obey(opened, told));
  });
  line.say({ kind: 'awake' });
}

async function open(
  line: Line,
  { file, architecture, startMs, seed, delivery, faults = {} }: ShopSetup,
): Promise<Shop> {
  const datastore = stoppable(openDatastore({ file }), () => line.say({ kind: 'stopped' }));
  if (await datastore.isEmpty()) await stockSampleShop(datastore);
  const providers = providerLine(line, ['email', 'sms']);
  const world = createWorld({
    startMs,
    architecture,
    bus: 'durable',
    seed,
    datastore,
    channels: providers.channels,
    faults,
    delivery: { retry: defaultRetryPolicy, ...delivery },
    onDecision: (decision) => line.say({ kind: 'decided', decision }),
    onBreaker: (change) => line.say({ kind: 'breaker', change }),
  });
  if (world.hasBus) {
    world.bus.subscribe({
      name: 'timeline',
      handles: '*',
      handle: async (event) => line.say({ kind: 'event', atMs: world.clock.now(), event }),
    });
  }
  await world.architecture.start();
  line.say({ kind: 'open' });
  return { line, world, datastore, providers };
}

async function obey(shop: Shop, told: Exclude<Told, { kind: 'open' }>): Promise<void> {
  const { line, world, providers, datastore } = shop;
  switch (told.kind) {
    case 'command':
      return carryOut(shop, told);
    case 'advance':
      await world.advanceTo(told.atMs);
      return line.say({ kind: 'advanced' });
    case 'break':
      return breakProvider(world, told);
    case 'publish':
      return world.bus.publish(told.messages);
    case 'redrive':
      for (const { delivery } of await datastore.ledger.deadLetters({ limit: mostRedriven }))
        await world.architecture.redrive(delivery);
      return;
    case 'yes':
      return providers.said(told.number, told.receipt);
    case 'silence':
      return providers.keptBack(told.number);
    case 'rest':
      await quiet(shop);
      return line.say({ kind: 'resting', counts: await datastore.ledger.counts() });
    case 'finish':
      await world.finish();
      await world.close();
      await shop.datastore.close();
      line.end({ kind: 'finished' });
  }
}

async function carryOut(
  { line, world, datastore }: Shop,
  { number, command, atMs, stopsAfterCommit = false }: Extract<Told, { kind: 'command' }>,
): Promise<void> {
  if (atMs !== undefined) await world.advanceTo(atMs);
  if (stopsAfterCommit) datastore.stopAfterCommit();
  const givenMs = world.clock.now();
  let refusal: string | null = null;
  try {
    await execute(world.architecture.services, command);
  } catch (thrown) {
    if (!(thrown instanceof DomainError)) throw thrown;
    refusal = thrown.code;
  }
  line.say({ kind: 'done', number, refusal, waitedMs: world.clock.now() - givenMs });
}

/** At one time. */
const mostRedriven = 10_000;

function breakProvider({ providers }: World, { channel, faults }: Extract<Told, { kind: 'break' }>): void {
  const provider = providers.get(channel);
  if (provider !== undefined) provider.faults = faults;
}

/** All work goes on with the next turn of the event loop, or waits for an answer: after so many it has ended. */
const quietTurns = 200;

async function quiet({ line, providers }: Shop): Promise<void> {
  for (let turns = 0, seen = line.count; turns < quietTurns; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (line.count === seen && providers.unanswered === 0) continue;
    seen = line.count;
    turns = 0;
  }
}
