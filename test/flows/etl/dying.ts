import { intercept } from '../../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../../src/lab/faults/index.ts';
import { amissAtSteps, type DyingSteps, type Succession } from '../a-life.ts';
import { anOutside, aProcess, digestsOf, GrowingSource } from './a-warehouse.ts';

/** Small enough for the sample to be several pages and batches. */
const sizes = { recordsAPage: 3, rowsABatch: 4 };

/** Loads a text in a process that dies at this step; another one goes on. */
async function dieAt(text: string, step: number): Promise<Succession> {
  const outside = anOutside(new GrowingSource(text));
  let nowMs = (): number => outside.nowMs;
  const crashPoint = new CrashPoint(step, () => nowMs());
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
  nowMs = () => first.clock.now();
  const played = first.load().catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  const left = digestsOf(outside.folder);
  outside.nowMs = first.clock.now();
  outside.lives = step + 1;
  const { data, checks } = await aProcess('durable', outside, sizes).load();
  await outside.datastore.close();
  const { warehouse, stations, watermark, run } = data;
  const after = digestsOf(outside.folder);
  const { read } = run as { read: number };
  return {
    crashPoint,
    checks,
    end: JSON.stringify([after, warehouse, stations, watermark]),
    wrong: [
      // It went on; or all was done by then, and there was nothing new.
      ...(read === 11 || read === 0 ? [] : [`read ${read}`]),
      // The sums are those of the batch before, or of this one; all else is there as it will be, or not at all.
      ...left
        .filter((file) => !/\.part |^stations/.test(file) && !after.includes(file))
        .map((file) => `half of ${file}`),
    ],
  };
}

/** What is otherwise than in a life without a death. */
export const amissWhenDying = (text: string, steps: DyingSteps = {}) =>
  amissAtSteps((step) => dieAt(text, step), steps);
