import type { Datastore, Stores } from '../../../datastore/index.ts';
import { InputError, intercept } from '../../../kernel/index.ts';
import { type HandOverOptions, handOver, readLog } from '../../../operations/event-log/index.ts';
import { execute } from '../../../services/index.ts';
import {
  type ArchitectureName,
  createWorld,
  type Interceptors,
  stockSampleShop,
} from '../../../shop/index.ts';
import type { Retelling } from '../comparison.ts';
import { dayStartMs, gapMs, shopDay } from './faults/shop-day.ts';
import { isOfShop, onlyAround } from './faults/tampered-bus.ts';
import { inMemory, inPlace, type NewPlace } from './places.ts';
import { optionsOf, type Variant } from './variants.ts';

/** Who decides whom to tell, by the name under which it subscribes. */
const deciders: Readonly<Record<ArchitectureName, string>> = {
  'event-sourced': 'notification-service',
  'api-driven': 'notification-api',
  pipeline: 'pipeline.translate',
  'command-driven': 'command-driven.request',
};

/**
 * Who can be told of what has happened before: somebody who subscribes when the day is over, and customers whom a bug
 * kept from being told, once it is mended and the log is handed over again.
 */
export async function measureRetelling(variant: Variant, newPlace: NewPlace = inMemory): Promise<Retelling> {
  const stage = { variant, newPlace };
  const usual = await afterDay(stage, {}, sentIn);
  return {
    ...variant,
    newcomer: await afterDay(stage, {}, (datastore) => tellNewcomer(variant, datastore)),
    mended: await afterDay(stage, { interceptors: withBug }, async (datastore) => {
      const before = await sentIn(datastore);
      const { architecture } = variant;
      await tryHandOver({ architecture, datastore, from: 1, subscriber: deciders[architecture] });
      return { told: (await sentIn(datastore)) - before, of: usual - before };
    }),
  };
}

async function tellNewcomer({ architecture }: Variant, datastore: Datastore): Promise<Retelling['newcomer']> {
  let told = 0;
  let of = 0;
  for await (const { message } of readLog(datastore)) if (isOfShop(message)) of++;
  const newcomer = {
    name: 'newcomer',
    handles: '*' as const,
    handle: async (message: { readonly source: string }) => void (isOfShop(message) && told++),
  };
  await tryHandOver({ architecture, datastore, from: 1, subscriber: newcomer.name, newcomer });
  return { told, of };
}

/** Where nothing can be handed over, nobody is told. */
async function tryHandOver(options: HandOverOptions): Promise<void> {
  try {
    await handOver(options);
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
  }
}

/** What comes of a datastore that is left by a day in the shop. */
function afterDay<Result>(
  { variant, newPlace }: { readonly variant: Variant; readonly newPlace: NewPlace },
  around: { readonly interceptors?: Interceptors },
  work: (datastore: Datastore) => Promise<Result>,
): Promise<Result> {
  return inPlace(newPlace, async (datastore) => {
    await stockSampleShop(datastore);
    const world = createWorld({ startMs: dayStartMs, ...optionsOf(variant), datastore, ...around });
    await world.architecture.start();
    for (const [index, command] of shopDay.entries()) {
      await world.advanceTo(dayStartMs + index * gapMs);
      await world.during(execute(world.architecture.services, command));
      // A server is not done when the command is: the next one would find it a second late.
      await world.architecture.settle();
    }
    await world.finish();
    await world.close();
    return work(datastore);
  });
}

const sentIn = async ({ ledger }: Datastore): Promise<number> => (await ledger.counts()).sent;

/** Whoever asks in whose cart something is hears: in nobody's. */
const withBug: Interceptors = onlyAround({
  datastore: (datastore) =>
    intercept(emptyCarts(datastore), {
      instead: { transaction: (work) => datastore.transaction((stores) => work(emptyCarts(stores))) },
    }),
});

const emptyCarts = <Some extends Stores>(stores: Some): Some =>
  intercept(stores, {
    within: (name, store) =>
      name === 'carts'
        ? (intercept(store as unknown as Stores['carts'], {
            instead: { customersWith: async () => [] },
          }) as unknown as typeof store)
        : store,
  });
