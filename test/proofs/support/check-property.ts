import fc, { type Arbitrary } from 'fast-check';
import { emptyDatastores } from '../../support/empty-datastores.ts';

type EmptyDatastore = Awaited<ReturnType<Awaited<ReturnType<typeof emptyDatastores>>['next']>>;

export interface PropertyOptions<Schedule> {
  schedules: Arbitrary<Schedule>;
  /** How many. */
  runs: number;
  seed: number;
  /** Of one schedule that failed, as it was printed; no other is played then. */
  path: string | undefined;
  /** @returns what was broken. */
  play(schedule: Schedule, datastore: EmptyDatastore): Promise<readonly string[]>;
}

/** A schedule that broke a promise. */
export interface Broken<Schedule> {
  readonly why: string;
  /** Undefined: none was played. */
  readonly schedule: Schedule | undefined;
  /** The flags that play it again. */
  readonly flags: string;
}

/** Plays schedules, each on a datastore of its own, until one breaks a promise. Undefined: none has. */
export async function firstBroken<Schedule>(
  options: PropertyOptions<Schedule>,
): Promise<Broken<Schedule> | undefined> {
  const { schedules, runs, seed, path, play } = options;
  const datastores = await emptyDatastores();
  const keepsItsPromises = fc.asyncProperty(schedules, async (schedule) => {
    const broken = await play(schedule, await datastores.next());
    if (broken.length > 0) throw new Error(broken.join('; '));
  });
  const outcome = await fc.check(keepsItsPromises, {
    numRuns: path === undefined ? runs : 1,
    seed,
    // Shrinking plays hundreds of schedules more; the path repeats the one that failed.
    endOnFailure: true,
    ...(path !== undefined && { path }),
  });
  await datastores.close();
  if (!outcome.failed) return undefined;
  const { errorInstance, counterexample, counterexamplePath } = outcome;
  return {
    why: errorInstance instanceof Error ? errorInstance.message : 'no schedule was played',
    schedule: counterexample?.[0],
    flags: `--seed ${outcome.seed} --path ${counterexamplePath}`,
  };
}
