import type { ReadingRow } from '../../../src/flows/iot/input.ts';
import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
import { anOutside, aProcess, KeepingStore } from './a-greenhouse.ts';

/** Takes readings in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt(rows: readonly ReadingRow[], step: number): Promise<Succession> {
  const store = new KeepingStore();
  const outside = anOutside(store);
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const first = aProcess('durable', {
    ...outside,
    datastore: crashInjection(crashPoint).datastore(outside.datastore),
    store: intercept(store, { around }),
  });
  nowMs = () => first.clock.now();
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside).play(rows);
  await outside.datastore.close();
  const { sensors, ...rest } = data;
  const stored = store.rows.toSorted();
  return {
    crashPoint,
    checks,
    wrong: store.changed.map((batch) => `another batch ${batch}`),
    end: JSON.stringify([sensors, rest, stored]),
  };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (rows: readonly ReadingRow[], steps: DyingSteps = {}) =>
  amissAtSteps((step) => dieAt(rows, step), steps);
