import { MemoryActuator } from '../../../src/flows/manufacturing/control.ts';
import type { Row } from '../../../src/flows/manufacturing/input.ts';
import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
import { anOutside, aProcess, phaseOne, row } from './a-bakery.ts';

/** Little of everything: so that one can let a process die at every step. */
export const shortRows = (): readonly Row[] => [
  row(0, 'refill', [1500]),
  ...phaseOne(1),
  row(10, 'group', [60.65, 60.8, 61, 61.2, 62.35]),
  row(11, 'temperature', [261]),
  row(12, 'group', [60.65, 60.8, 61, 61.2, 61.35]),
  row(13, 'temperature', [250]),
  row(14, 'reset', [], { by: 'chief' }),
  row(15, 'group', [60.65, 60.8, 61, 61.2, 61.35]),
  row(16, 'lot', [20, 18, 0.3]),
];

/** Bakes in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt(rows: readonly Row[], step: number): Promise<Succession> {
  const outside = anOutside(new MemoryActuator());
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const first = aProcess('durable', {
    ...outside,
    datastore: crashInjection(crashPoint).datastore(outside.datastore),
    actuator: intercept(outside.actuator, { around }),
  });
  nowMs = () => first.clock.now();
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside).play(rows);
  await outside.datastore.close();
  return { crashPoint, checks, end: JSON.stringify([data, [...outside.actuator.offsets]]) };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (rows: readonly Row[], steps: DyingSteps = {}) =>
  amissAtSteps((step) => dieAt(rows, step), steps);
