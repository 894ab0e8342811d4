import { aligned, whole } from './aligned.ts';
import type { Asked } from './cases/kept-shop.ts';
import { measure, measureAnswers, measureHeap, type Run } from './measure.ts';

const sizes = [10_000, 100_000, 1_000_000];
/** Ten minutes at a thousand a second. */
const longRun = 600_000;

type Progress = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/** What a unit costs as there is more of everything: nothing that people or the shop wait for may have a knee. */
export async function measureScaling(progress: Progress): Promise<string[]> {
  const runs: Run[] = [];
  for (const events of sizes)
    runs.push(await progress(`${whole(events)} events`, () => measure('durable', events)));
  const answers: Asked[] = [];
  for (const deliveries of sizes)
    answers.push(await progress(`${whole(deliveries)} deliveries`, () => measureAnswers(deliveries)));
  const heapMb = await progress(`${whole(longRun)} events`, () => measureHeap(longRun));
  const [first = {}] = answers;
  return [
    'Events on the durable bus, on a file:',
    ...aligned([
      ['', 'µs a delivery', 'peak memory'],
      ...runs.map(({ deliveries, tookMs, peakMb }, index) => [
        whole(sizes[index] ?? 0),
        ((tookMs * 1000) / deliveries).toFixed(1),
        `${whole(peakMb)} MB`,
      ]),
    ]),
    '',
    'Milliseconds for an answer, by how many deliveries the file holds:',
    ...aligned([
      ['', ...sizes.map(whole)],
      ...Object.keys(first).map((what) => [
        what,
        ...answers.map((each) => (each[what] ?? Number.NaN).toFixed(1)),
      ]),
    ]),
    '',
    `The heap after each tenth of ${whole(longRun)} events: ${heapMb.map((mb) => mb.toFixed(0)).join(', ')} MB`,
  ];
}
