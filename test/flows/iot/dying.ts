import type { ReadingRow } from '../../../src/flows/iot/input.ts';
import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { anOutside, aProcess, KeepingStore } from './a-greenhouse.ts';

/** Takes readings in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt(rows: readonly ReadingRow[], step: number) {
  const store = new KeepingStore();
  const outside = anOutside(store);
  const crashPoint = new CrashPoint(step);
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const first = aProcess('durable', {
    ...outside,
    datastore: crashInjection(crashPoint).datastore(outside.datastore),
    store: intercept(store, { around }),
  });
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside).play(rows);
  await outside.datastore.close();
  const { sensors, ...rest } = data;
  const stored = store.rows.toSorted();
  return {
    steps: crashPoint.steps,
    checks,
    changed: store.changed,
    end: JSON.stringify([sensors, rest, stored]),
  };
}

/** What is otherwise than in a life without a death, at each of these steps. */
export async function amissWhenDying(
  rows: readonly ReadingRow[],
  { every, from = 1 }: { every: number; from?: number },
) {
  const whole = await dieAt(rows, Number.POSITIVE_INFINITY);
  const amiss: string[] = [];
  for (let step = from; step <= whole.steps; step += every) {
    const life = await dieAt(rows, step);
    if (life.end !== whole.end) amiss.push(`at step ${step}: ${life.end}`);
    if (life.changed.length > 0) amiss.push(`at step ${step}: another batch ${life.changed.join()}`);
    for (const { words, holds } of life.checks) if (!holds) amiss.push(`at step ${step}: ${words}`);
  }
  return { steps: whole.steps, end: whole.end, amiss };
}
