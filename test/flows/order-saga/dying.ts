import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import type { FlowReport } from '../../../src/pipeline-runtime/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
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
async function dieAt(step: number): Promise<Succession> {
  const rows = await sampleRows();
  const outside = anOutside();
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
  const first = aProcess('durable', mortal(outside, crashPoint));
  nowMs = () => first.clock.now();
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const report = await aProcess('durable', outside).play(rows);
  const payments = [...outside.gateway.payments].map(
    ([key, { status, amount }]) => `${key} ${status} ${amount}`,
  );
  await outside.datastore.close();
  return { crashPoint, checks: report.checks, end: endOf(report, payments) };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (steps: DyingSteps = {}) => amissAtSteps(dieAt, steps);

/** The ends, and what the provider has; when a week was over may be a little later. */
function endOf(report: FlowReport, payments: readonly string[]): string {
  const { orders, ...rest } = report.data as { orders: readonly { followedUpAt: string | null }[] };
  const days = orders.map(({ followedUpAt, ...order }) => ({ ...order, day: followedUpAt?.slice(0, 10) }));
  return JSON.stringify([days, rest, payments.toSorted()]);
}
