import type { Stage } from '../../pipeline-runtime/index.ts';
import {
  type EtlMessage,
  etlMessages as messages,
  type Rejection,
  type Ride,
  type Sums,
} from './messages.ts';

/** Gives everything the warehouse's form: one case, metres, the smallest coins. */
export const transformStage: Stage<EtlMessage<'RecordCleaned'>, EtlMessage<'RecordTransformed'>> = {
  name: 'transform',
  accepts: ['RecordCleaned'],
  handle: ({ data }, { next }) => [next(messages.RecordTransformed, inForm(data))],
};

type Cleaned = Pick<EtlMessage<'RecordCleaned'>['data'], 'station' | 'km' | 'price'>;

export function inForm<Record extends Cleaned>({ station, km, price, ...rest }: Record) {
  const [metres, priceMinor] = [Math.round(km * 1000), Math.round(price * 100)];
  return { station: station.toLowerCase(), metres, priceMinor, ...rest };
}

/** Lets each ride through once, whatever source and run it came from. */
export const deduplicateStage: Stage<
  EtlMessage<'RecordTransformed'>,
  EtlMessage<'RideFound' | 'DuplicateFound'>,
  boolean
> = {
  name: 'deduplicate',
  accepts: ['RecordTransformed'],
  state: { initial: () => false, key: ({ data }) => data.rideId },
  handle({ data }, { state, next }) {
    const { source, page, of, line, rideId } = data;
    if (state.get()) return [next(messages.DuplicateFound, { source, page, of, line, rideId })];
    state.set(true);
    return [next(messages.RideFound, data)];
  },
};

interface Open {
  readonly rides: readonly Ride[];
  readonly rejections: readonly Rejection[];
  readonly duplicates: number;
}

type In = EtlMessage<'RideFound' | 'DuplicateFound' | 'RecordRejected'>;

/** Waits until all of a page have met their ends, and adds up what came of it. */
export const aggregateStage: Stage<In, EtlMessage<'PageAggregated'>, Open> = {
  name: 'aggregate',
  accepts: ['RideFound', 'DuplicateFound', 'RecordRejected'],
  state: {
    initial: () => ({ rides: [], rejections: [], duplicates: 0 }),
    key: ({ data: { source, page } }) => `${page} ${source}`,
  },
  handle(message, { state, next }) {
    const { source, page, of } = message.data;
    const open = added(state.get(), message);
    const { rides, rejections, duplicates } = open;
    if (rides.length + rejections.length + duplicates < of) {
      state.set(open);
      return [];
    }
    state.clear();
    return [next(messages.PageAggregated, { source, page, ...open, stations: stationsOf(rides) })];
  },
};

function added({ rides, rejections, duplicates }: Open, { type, data }: In): Open {
  if (type === 'DuplicateFound') return { rides, rejections, duplicates: duplicates + 1 };
  if (type === 'RecordRejected') {
    const { line, reasons, raw } = data;
    return { rides, rejections: [...rejections, { line, reasons, raw }], duplicates };
  }
  const { rideId, startedAtMs, station, metres, priceMinor, source, line } = data;
  const ride = { rideId, startedAtMs, station, metres, priceMinor, source, line };
  return { rides: [...rides, ride], rejections, duplicates };
}

function stationsOf(rides: readonly Ride[]): Record<string, Sums> {
  const stations = new Map<string, Sums>();
  for (const { station, metres, priceMinor } of rides)
    stations.set(station, plus(stations.get(station), { rides: 1, metres, priceMinor }));
  return Object.fromEntries(stations);
}

export const plus = (before: Sums | undefined, { rides, metres, priceMinor }: Sums): Sums => ({
  rides: (before?.rides ?? 0) + rides,
  metres: (before?.metres ?? 0) + metres,
  priceMinor: (before?.priceMinor ?? 0) + priceMinor,
});
