import { z } from 'zod';
import { InMemoryEventBus } from '../../src/bus/index.ts';
import { createMessage, defineMessage, type Message, type MessagesOf } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { Pipeline, type Stage } from '../../src/pipeline-runtime/index.ts';
import type { Measured } from '../measure.ts';

const source = '/bench';
const data = z.object({ parcel: z.string(), grams: z.int(), hops: z.int() });
const subject = ({ parcel }: { parcel: string }): string => parcel;
const messages = {
  ParcelWeighed: defineMessage({ type: 'ParcelWeighed', source, subject, versions: [data] }),
  ParcelPriced: defineMessage({ type: 'ParcelPriced', source, subject, versions: [data] }),
} as const;
type Parcels = MessagesOf<typeof messages>;
type Of<Type extends keyof Parcels> = Message<Type, Parcels[Type]>;

const subjects = 1000;
const atOnce = 500;

const sayings = (count: number): readonly { readonly parcel: string; readonly grams: number }[] =>
  Array.from({ length: count }, (_, index) => ({
    parcel: `parcel-${index % subjects}`,
    grams: index % 5000,
  }));

/** What the two stages do with a parcel. */
const priceOf = (grams: number): number => 390 + Math.ceil(grams / 100) * 12;

/** Messages through two stages on the bus in memory: one that makes a message of each, and one that adds them up. */
export async function twoStages(count: number): Promise<Measured> {
  const clock = new VirtualClock(0);
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const bus = new InMemoryEventBus({ catalogue: messages, clock, random });
  let sum = 0;
  const price: Stage<Of<'ParcelWeighed'>, Of<'ParcelPriced'>> = {
    name: 'price',
    accepts: ['ParcelWeighed'],
    handle: ({ data: { parcel, grams } }, { next }) => [
      next(messages.ParcelPriced, { parcel, grams: priceOf(grams) }),
    ],
  };
  const add: Stage<Of<'ParcelPriced'>, never> = {
    name: 'add',
    accepts: ['ParcelPriced'],
    handle({ data: { grams } }) {
      sum += grams;
      return [];
    },
  };
  const pipeline = new Pipeline<Parcels>({ bus, clock, ids, random, stages: [price, add] });
  pipeline.start();
  const all = sayings(count).map((said) =>
    createMessage({ clock, ids }, messages.ParcelWeighed, { ...said, hops: 0 }),
  );
  const startedMs = performance.now();
  for (let begin = 0; begin < count; begin += atOnce) {
    await pipeline.submit(all.slice(begin, begin + atOnce));
    await pipeline.settle();
  }
  const tookMs = performance.now() - startedMs;
  if (sum !== sumOf(count)) throw new Error(`two stages lost something: ${sum}`);
  return { deliveries: count, tookMs };
}

const sumOf = (count: number): number => sayings(count).reduce((sum, { grams }) => sum + priceOf(grams), 0);

/** The same two functions one after the other, with the message between them: no bus, no schema, no order, no retry. */
export async function twoFunctions(count: number): Promise<Measured> {
  const clock = new VirtualClock(0);
  const ids = createIds(clock, seededRandom(1));
  const make = (said: { parcel: string; grams: number }): Of<'ParcelWeighed'> =>
    createMessage({ clock, ids }, messages.ParcelWeighed, { ...said, hops: 0 });
  const all = sayings(count).map(make);
  let sum = 0;
  const startedMs = performance.now();
  for (const cause of all) {
    const { parcel, grams } = cause.data;
    const said = { parcel, grams: priceOf(grams), hops: 1 };
    sum += createMessage({ clock, ids }, messages.ParcelPriced, said, cause).data.grams;
  }
  const tookMs = performance.now() - startedMs;
  if (sum !== sumOf(count)) throw new Error(`two functions lost something: ${sum}`);
  return { deliveries: count, tookMs };
}
