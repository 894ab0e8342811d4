import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { anOutside, aProcess, digestsOf, GrowingSource } from './a-warehouse.ts';

/** Small enough for the sample to be several pages and batches. */
const sizes = { recordsAPage: 3, rowsABatch: 4 };

/** Loads a text in a process that dies at this step; another one goes on. */
async function dieAt(text: string, step: number) {
  const outside = anOutside(new GrowingSource(text));
  const crashPoint = new CrashPoint(step);
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const { files } = outside.folder;
  // It may die with half of a file written.
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    for (const end of [bytes.length / 2, bytes.length])
      await crashPoint.operation(async () => {
        files.set(name, bytes.subarray(0, end));
      });
  };
  const first = aProcess(
    'durable',
    {
      ...outside,
      datastore: crashInjection(crashPoint).datastore(outside.datastore),
      folder: intercept(outside.folder, { around, instead: { write } }),
    },
    sizes,
  );
  const played = first.load().catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  const left = digestsOf(outside.folder);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside, sizes).load();
  await outside.datastore.close();
  return {
    steps: crashPoint.steps,
    isDead: crashPoint.isDead,
    left,
    data,
    checks,
    files: digestsOf(outside.folder),
  };
}

/** What is otherwise than in a life without a death, at each of these steps. */
export async function amissWhenDying(text: string, { every, from = 1 }: { every: number; from?: number }) {
  const whole = await dieAt(text, Number.POSITIVE_INFINITY);
  const endOf = ({ warehouse, stations, watermark }: typeof whole.data): string =>
    JSON.stringify([warehouse, stations, watermark]);
  const amiss: string[] = [];
  for (let step = from; step <= whole.steps; step += every) {
    const { data, checks, files, left } = await dieAt(text, step);
    if (files.join() !== whole.files.join()) amiss.push(`at step ${step}: ${files.join(' ')}`);
    for (const { words, holds } of checks) if (!holds) amiss.push(`at step ${step}: ${words}`);
    if (endOf(data) !== endOf(whole.data)) amiss.push(`at step ${step}: ${endOf(data)}`);
    // It went on; or all was done by then, and there was nothing new.
    const { read } = data.run as { read: number };
    if (read !== 11 && read !== 0) amiss.push(`at step ${step}: read ${read}`);
    // The sums are those of the batch before, or of this one; all else is there as it will be, or not at all.
    for (const file of left)
      if (!/\.part |^stations/.test(file) && !whole.files.includes(file))
        amiss.push(`at step ${step}: half of ${file}`);
  }
  return { steps: whole.steps, amiss };
}
