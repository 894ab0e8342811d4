import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { anOutside, aProcess, type Outside, sampleRows } from './a-shop.ts';

/** The same world, as long as the process lives that uses it. */
function mortal(outside: Outside, crashPoint: CrashPoint): Outside {
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  return {
    ...outside,
    datastore: crashInjection(crashPoint).datastore(outside.datastore),
    gateway: intercept(outside.gateway, { around }),
    printer: intercept(outside.printer, { around }),
  };
}

/** Plays the sample in a process that dies at this step; another one is given the same orders, and goes on. */
async function dieAt(step: number) {
  const rows = await sampleRows();
  const outside = anOutside();
  const crashPoint = new CrashPoint(step);
  const first = aProcess('durable', mortal(outside, crashPoint));
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const report = await aProcess('durable', outside).play(rows);
  const payments = [...outside.gateway.payments].map(
    ([key, { status, amount }]) => `${key} ${status} ${amount}`,
  );
  await outside.datastore.close();
  return { steps: crashPoint.steps, isDead: crashPoint.isDead, report, payments };
}

/** What is otherwise than in a life without a death, at each of these steps. */
export async function amissWhenDying({ every, from = 1 }: { every: number; from?: number }) {
  const whole = await dieAt(Number.POSITIVE_INFINITY);
  const amiss: string[] = [];
  for (let step = from; step <= whole.steps; step += every) {
    const life = await dieAt(step);
    if (endOf(life) !== endOf(whole)) amiss.push(`at step ${step}: ${endOf(life)}`);
    for (const { words, holds } of life.report.checks) if (!holds) amiss.push(`at step ${step}: ${words}`);
  }
  return { steps: whole.steps, amiss };
}

/** The ends, and what the provider has; when a week was over may be a little later. */
function endOf({ report, payments }: Awaited<ReturnType<typeof dieAt>>): string {
  const { orders, ...rest } = report.data as { orders: readonly { followedUpAt: string | null }[] };
  const days = orders.map(({ followedUpAt, ...order }) => ({ ...order, day: followedUpAt?.slice(0, 10) }));
  return JSON.stringify([days, rest, payments.toSorted()]);
}
