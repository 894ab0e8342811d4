import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idsOf, nextTurn, type ShopMessage, type ShopSubscriber } from '../../support/bus.ts';
import { alterConsumption, durableHarness } from '../../support/durable-bus.ts';

/** What may happen to a bus, and how much of it. */
const step = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('publish', 'log and publish') },
    { weight: 2, arbitrary: fc.constantFrom('turns', 'settle', 'time passes') },
    { weight: 1, arbitrary: fc.constantFrom('crash', 'come back', 'locked', 'unlocked') },
  ),
  count: fc.integer({ min: 1, max: 60 }),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const names = ['first', 'second'];
const concurrencies = [1, 3, 1024];

/** Every eleventh message fails at its first attempt. */
const isWeak = ({ id }: ShopMessage): boolean => Number.parseInt(id.slice(-4), 16) % 11 === 0;

/** A bus with two subscribers of random speed, and all that they have done. */
async function openWorld(concurrency: number) {
  let isLocked = false;
  let life = { isOver: false };
  const locking = alterConsumption((store) => ({
    commit: (batch) => (isLocked ? Promise.reject(new Error('locked')) : store.commit(batch)),
  }));
  const harness = await durableHarness({ concurrency }, locking);
  const world = {
    harness,
    bus: harness.bus,
    published: [] as ShopMessage[],
    succeeded: new Map(names.map((name) => [name, [] as ShopMessage[]])),
    overlaps: [] as string[],
    crashes: 0,
    ways: [] as (() => void)[],
    lock: (value: boolean) => {
      isLocked = value;
    },
    subscribe(name: string): () => void {
      const inHand = new Set<string>();
      return world.bus.subscribe(subscriberOf(name, inHand, life));
    },
    async crash() {
      life.isOver = true;
      life = { isOver: false };
      isLocked = false;
      world.crashes++;
      world.bus = await harness.restart();
      world.ways = names.map((name) => world.subscribe(name));
    },
  };
  /** What a process that has died had in hand never ends. */
  const subscriberOf = (name: string, inHand: Set<string>, its: typeof life): ShopSubscriber => ({
    name,
    handles: '*',
    async handle(message, { attempt }) {
      if (inHand.has(message.subject)) world.overlaps.push(message.id);
      inHand.add(message.subject);
      for (let turns = message.id.charCodeAt(35) % 4; turns > 0; turns--) await nextTurn();
      inHand.delete(message.subject);
      if (its.isOver) await new Promise(() => {});
      if (isWeak(message) && attempt === 1) throw new Error('not yet');
      world.succeeded.get(name)?.push(message);
    },
  });
  world.ways = names.map((name) => world.subscribe(name));
  await world.bus.settle();
  return world;
}

type World = Awaited<ReturnType<typeof openWorld>>;

async function take({ what, count }: Step, world: World): Promise<void> {
  const { harness } = world;
  const ignoreLock = (): void => {};
  if (what.endsWith('publish')) {
    const messages = Array.from({ length: count }, (_, index) => harness.make.registered(`c-${index % 7}`));
    // The datastore of a process that has died is closed.
    const isLogged = what === 'log and publish' && world.crashes === 0;
    if (isLogged) await harness.datastore.eventLog.append(messages);
    const isPublished = await world.bus.publish(messages).then(
      () => true,
      () => false,
    );
    if (isPublished || isLogged) world.published.push(...messages);
  }
  if (what === 'turns') for (let turns = count; turns > 0; turns--) await nextTurn();
  if (what === 'settle') await world.bus.settle().catch(ignoreLock);
  if (what === 'time passes') await harness.clock.advanceTo(harness.clock.now() + 50 * count, nextTurn);
  if (what === 'locked' || what === 'unlocked') world.lock(what === 'locked');
  if (what === 'crash') await world.crash();
  if (what === 'come back') {
    const who = count % names.length;
    world.ways[who]?.();
    world.ways[who] = world.subscribe(names[who] as string);
  }
}

const bySubject = (messages: readonly ShopMessage[]): Record<string, string[]> =>
  Object.fromEntries(
    [...new Set(messages.map(({ subject }) => subject))]
      .sort()
      .map((subject) => [subject, idsOf(messages.filter((message) => message.subject === subject))]),
  );

test('whatever happens, everyone handles everything, in order, and once unless a process died', async () => {
  const history = fc.tuple(fc.constantFrom(...concurrencies), fc.array(step, { maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(history, async ([concurrency, steps]) => {
      const world = await openWorld(concurrency);
      for (const each of steps) await take(each, world);
      world.lock(false);
      await world.harness.finish();

      expect(world.overlaps).toEqual([]);
      for (const handled of world.succeeded.values()) {
        expect(new Set(idsOf(handled))).toEqual(new Set(idsOf(world.published)));
        if (world.crashes > 0) continue;
        const strong = handled.filter((message) => !isWeak(message));
        expect(handled).toHaveLength(world.published.length);
        expect(bySubject(strong)).toEqual(bySubject(world.published.filter((message) => !isWeak(message))));
      }
    }),
    { seed: 1, numRuns: 30 },
  );
});
