import fc from 'fast-check';
import type { HandOverName } from '../../../src/api-driven/index.ts';
import type { ArchitectureName, BusName } from '../../../src/shop/world.ts';
import { checkPromises } from '../promises/promises.ts';
import { emptyDatastores } from './empty-datastores.ts';
import { playSchedule } from './play-schedule.ts';
import { renderedOnce } from './rendered-once.ts';
import { type Schedule, schedules } from './schedule.ts';

export interface CheckOptions {
  architecture: ArchitectureName;
  bus: BusName;
  /** Where services call. Default: after the commit. */
  handOver?: HandOverName;
  /** How many schedules. */
  runs: number;
  seed: number;
  /** Of one schedule that failed, as it was printed; no other is played then. */
  path?: string;
  /** Told after each schedule what was lost in it as the architecture declares. */
  onSchedule?: (declaredLost: readonly string[]) => void;
}

/** Undefined when every promise was kept; otherwise what was broken, and the command that repeats it. */
export async function checkSchedules(options: CheckOptions): Promise<string | undefined> {
  const { architecture, bus, handOver, runs, seed, path, onSchedule } = options;
  const where = { architecture, bus, ...(handOver && { handOver }) };
  const datastores = await emptyDatastores();
  const templates = renderedOnce();
  const keepsItsPromises = fc.asyncProperty(schedules, async (schedule: Schedule) => {
    const datastore = await datastores.next();
    const aftermath = await playSchedule({ ...where, schedule, datastore, templates });
    const { broken, declared } = await checkPromises(aftermath);
    onSchedule?.(declared);
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
  const again = `npm run soak -- --architecture ${architecture} --bus ${bus}${handOver ? ` --hand-over ${handOver}` : ''} --seed ${outcome.seed} --path ${outcome.counterexamplePath}`;
  const why =
    outcome.errorInstance instanceof Error ? outcome.errorInstance.message : 'no schedule was played';
  return `${why}\nTo repeat it: ${again}`;
}
