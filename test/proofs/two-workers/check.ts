import type { HandOverName } from '../../../src/api-driven/index.ts';
import type { Datastore } from '../../../src/datastore/index.ts';
import type { ArchitectureName, BusName } from '../../../src/shop/world.ts';
import { firstBroken } from '../support/check-property.ts';
import { renderedOnce } from '../support/rendered-once.ts';
import { playTogether, wordsFor } from './play.ts';
import { checkTogether } from './promises.ts';
import { type Schedule, schedules } from './schedule.ts';

export interface CheckTogetherOptions {
  architecture: ArchitectureName;
  bus: BusName;
  /** Where services call. Default: after the commit. */
  handOver?: HandOverName;
  /** How many schedules. */
  runs: number;
  seed: number;
  /** Of one schedule that failed, as it was printed; no other is played then. */
  path?: string;
  onSchedule?: () => void;
  onStep?: (words: string) => void;
  alter?: (datastore: Datastore) => Datastore;
}

/** Undefined when every promise was kept; otherwise what was broken, what had happened, and the command that repeats it. */
export async function checkTogetherSchedules(options: CheckTogetherOptions): Promise<string | undefined> {
  const { architecture, bus, handOver, runs, seed, path, onSchedule, onStep, alter } = options;
  const templates = renderedOnce();
  const found = await firstBroken<Schedule>({
    schedules,
    runs,
    seed,
    path,
    async play(schedule, datastore) {
      const aftermath = await playTogether({
        architecture,
        bus,
        ...(handOver && { handOver }),
        schedule,
        datastore,
        templates,
        ...(onStep && { onStep }),
        ...(alter && { alter }),
      });
      const broken = await checkTogether(aftermath);
      onSchedule?.();
      return broken;
    },
  });
  if (found === undefined) return undefined;
  const { why, schedule, flags } = found;
  const again = `npm run soak -- --workers 2 --architecture ${architecture} --bus ${bus}${handOver ? ` --hand-over ${handOver}` : ''} ${flags}`;
  const steps = schedule?.moments.map(
    ({ incident, steps: most }) =>
      `  ${wordsFor(incident)}${most === undefined ? '' : `, then ${most} steps`}`,
  );
  const ending = schedule && `  in the end: ${JSON.stringify(schedule.ending)}`;
  return [why, ...(steps ?? []), ending, `To repeat it: ${again}`].join('\n');
}
