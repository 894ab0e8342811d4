import type { HandOverName } from '../../../src/api-driven/index.ts';
import type { ArchitectureName, BusName } from '../../../src/shop/world.ts';
import { checkPromises } from '../promises/promises.ts';
import { firstBroken } from './check-property.ts';
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
  const templates = renderedOnce();
  const found = await firstBroken<Schedule>({
    schedules,
    runs,
    seed,
    path,
    async play(schedule, datastore) {
      const aftermath = await playSchedule({ ...where, schedule, datastore, templates });
      const { broken, declared } = await checkPromises(aftermath);
      onSchedule?.(declared);
      return broken;
    },
  });
  if (found === undefined) return undefined;
  return `${found.why}\nTo repeat it: npm run soak -- --architecture ${architecture} --bus ${bus}${handOver ? ` --hand-over ${handOver}` : ''} ${found.flags}`;
}
