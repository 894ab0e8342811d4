import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
import { anOutside, aProcess, sampleRows } from './a-forum.ts';

/** Moderates the sample in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt(step: number): Promise<Succession> {
  const rows = await sampleRows();
  const outside = anOutside();
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const mortal = crashInjection(crashPoint);
  const first = aProcess('durable', {
    ...outside,
    datastore: mortal.datastore(outside.datastore),
    platform: intercept(outside.platform, { around }),
    channel: mortal.channel(outside.channel),
  });
  nowMs = () => first.clock.now();
  const played = first.play(rows).catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside).play(rows);
  await outside.datastore.close();
  // A provider sends once what it is given twice under one key; under one key it is given one mail.
  const given = outside.channel.outbox
    .all()
    .map(({ deliveryId, to, subject }) => `${deliveryId} ${to} ${subject}`);
  const mails = [...new Set(given)];
  const { shown, changes } = outside.platform;
  return {
    crashPoint,
    checks,
    end: JSON.stringify([data, mails.sort(), [...shown].sort(), changes]),
  };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (steps: DyingSteps = {}) => amissAtSteps(dieAt, steps);
