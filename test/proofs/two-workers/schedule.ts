import fc from 'fast-check';
import type { Faults } from '../../../src/delivery/index.ts';
import type { Command } from '../../../src/services/index.ts';
import { type ChannelName, channelNames } from '../support/cast.ts';
import type { Troubles } from '../support/machine.ts';
import { command, faults, limit, troublesOfOne } from '../support/schedule.ts';
import type { Between } from './interleaving.ts';
import type { Place } from './worker.ts';

/** One of the two, or whoever has the lease then. */
export type Who = Place | 'holder';

/** One thing that happens to the shop, to its providers, or to one of its workers. */
export type Incident =
  | { readonly kind: 'command'; readonly to: Place; readonly command: Command }
  /** An event that was published before comes again. */
  | { readonly kind: 'repetition'; readonly to: Place; readonly nth: number }
  | {
      readonly kind: 'provider';
      readonly channel: ChannelName;
      readonly faults: Faults;
      readonly troubles: Troubles;
    }
  /** It stands still, for so long; without end: until all else is over. */
  | { readonly kind: 'stands-still'; readonly who: Who; readonly at: Between; readonly forMs: number }
  /** It dies; another is started in its place. */
  | { readonly kind: 'dies'; readonly who: Who; readonly at: Between; readonly downMs: number }
  /** It closes in order, as in a deployment; another is started in its place. */
  | { readonly kind: 'closes'; readonly who: Place; readonly downMs: number }
  /** Somebody else writes to the datastore, and these workers cannot. */
  | { readonly kind: 'busy'; readonly who: readonly Place[]; readonly forMs: number }
  /** The clock on its wall is set. */
  | { readonly kind: 'set-clock'; readonly who: Place; readonly byMs: number }
  | { readonly kind: 'time'; readonly forMs: number };

/** What happens, and for how many steps the workers go on until the next thing does; undefined: as long as they can. */
export interface Moment {
  readonly incident: Incident;
  readonly steps: number | undefined;
}

/** How it ends: with both, or with one of which nothing is heard any more until all else is over, or ever. */
export type Ending =
  | { readonly kind: 'both' }
  | { readonly kind: 'one-stands-still' | 'one-is-dead'; readonly who: Place };

export interface Schedule {
  /** Of whose turn it is. */
  readonly seed: number;
  readonly moments: readonly Moment[];
  readonly ending: Ending;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const place = fc.constantFrom<Place>(0, 1);
const who = fc.constantFrom<Who>(0, 1, 'holder', 'holder');

/** Where most goes wrong: something is written, or leaves, that may be another's by the time that it is its turn. */
const tellingSteps = [
  ...['ledger.open', 'ledger.record', 'ledger.resumeOrphaned', 'consumption.commit', 'transaction'],
  ...['leases.acquire', 'leases.renew', 'leases.release', 'leases.tell'],
  ...channelNames.map((name) => `${name}.send`),
];

const at: fc.Arbitrary<Between> = fc.oneof(
  fc.record({ steps: fc.nat(60), before: fc.constant(undefined) }),
  fc.record({
    steps: fc.integer({ min: 1, max: 3 }),
    before: fc.constantFrom(...tellingSteps.flatMap((name) => [name, `${name}, answered`])),
  }),
);

const incident: fc.Arbitrary<Incident> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ kind: fc.constant('command' as const), to: place, command }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('repetition' as const), to: place, nth: fc.nat(60) }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...channelNames).chain((channel) =>
      fc
        .oneof(
          { weight: 2, arbitrary: fc.constant({}) },
          { weight: 3, arbitrary: faults.map((each) => ({ faults: each })) },
          { weight: 1, arbitrary: limit.map((each) => ({ troubles: { limit: each } })) },
          {
            weight: 2,
            arbitrary: troublesOfOne(channel).map((addresses) => ({ troubles: { addresses } })),
          },
        )
        .map((given): Incident => ({ kind: 'provider', channel, faults: {}, troubles: {}, ...given })),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('stands-still' as const),
      who,
      at,
      forMs: fc.constantFrom(secondMs, 29 * secondMs, 31 * secondMs, 35 * secondMs, 20 * minuteMs, Infinity),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('dies' as const),
      who,
      at,
      downMs: fc.constantFrom(0, 2 * secondMs, 31 * secondMs, 5 * minuteMs),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('closes' as const),
      who: place,
      downMs: fc.constantFrom(0, 2 * secondMs, 31 * secondMs),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('busy' as const),
      who: fc.constantFrom<readonly Place[]>([0], [1], [0, 1]),
      forMs: fc.constantFrom(secondMs, 12 * secondMs, 45 * secondMs),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-clock' as const),
      who: place,
      byMs: fc.constantFrom(-hourMs, -2 * secondMs, 2 * secondMs, hourMs),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      forMs: fc.constantFrom(
        40,
        secondMs,
        11 * secondMs,
        25 * secondMs,
        31 * secondMs,
        3 * minuteMs,
        9 * hourMs,
      ),
    }),
  },
);

const moment: fc.Arbitrary<Moment> = fc.record({
  incident,
  steps: fc.oneof(fc.constant(undefined), fc.nat(40), fc.nat(8)),
});

/** Whoever has the lease stands still where it matters, for longer than that lasts; meanwhile life goes on. */
const overtaken: fc.Arbitrary<readonly Moment[]> = fc
  .record({
    at,
    forMs: fc.constantFrom(31 * secondMs, 35 * secondMs, 20 * minuteMs),
    commands: fc.array(fc.record({ to: place, command }), { minLength: 1, maxLength: 3 }),
    thenMs: fc.constantFrom(30 * secondMs, 32 * secondMs, minuteMs),
  })
  .map(({ at, forMs, commands, thenMs }): readonly Moment[] => [
    { incident: { kind: 'stands-still', who: 'holder', at, forMs }, steps: 0 },
    ...commands.map((given): Moment => ({ incident: { kind: 'command', ...given }, steps: undefined })),
    { incident: { kind: 'time', forMs: thenMs }, steps: undefined },
  ]);

const ending: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant<Ending>({ kind: 'both' }),
  fc.record({ kind: fc.constantFrom('one-stands-still' as const, 'one-is-dead' as const), who: place }),
);

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(1_000_000),
  moments: fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: moment.map((each): readonly Moment[] => [each]) },
        { weight: 1, arbitrary: overtaken },
      ),
      { minLength: 12, maxLength: 16, size: 'max' },
    )
    .map((each) => each.flat()),
  ending,
});
