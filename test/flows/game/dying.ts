import type { Row } from '../../../src/flows/game/input.ts';
import { MemoryWallet } from '../../../src/flows/game/rewards.ts';
import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
import { anOutside, aProcess, row, sampleRows } from './a-wood.ts';

/** Some of the sample, and a person who looks: so little that one can let a process die at every step of it. */
export async function shortRows(): Promise<readonly Row[]> {
  const rows = await sampleRows();
  const some = rows.filter(({ playerId, seq }) => playerId !== 'oak' || seq <= 3);
  return [...some, row(5000, 'nut', 0, 'clear'), row(5001, 'nut', 4, 'collect')];
}

/** Plays in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt(rows: readonly Row[], step: number): Promise<Succession> {
  const outside = anOutside(new MemoryWallet());
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const first = aProcess('durable', {
    ...outside,
    datastore: crashInjection(crashPoint).datastore(outside.datastore),
    wallet: intercept(outside.wallet, { around }),
  });
  nowMs = () => first.clock.now();
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { report, players } = await aProcess('durable', outside).play(rows);
  await outside.datastore.close();
  return {
    crashPoint,
    checks: report.checks,
    end: JSON.stringify([report.data, [...players], [...outside.wallet.coins].sort()]),
  };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (rows: readonly Row[], steps: DyingSteps = {}) =>
  amissAtSteps((step) => dieAt(rows, step), steps);
