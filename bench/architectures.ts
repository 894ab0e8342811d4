import { handOverInWords, measureTimings, type Variant, variants } from '../src/lab/comparison/index.ts';
import { aligned, medianOf, whole } from './aligned.ts';
import { measureParts } from './measure.ts';
import type { Spent } from './profile.ts';

/** The orders of a round, as in `npm run compare -- --thorough`. */
const orders = 750;
/** Of a profile: enough that a place with a hundredth of the time has some hundred samples. */
const profiledOrders = 5000;
/** A place with less of the time in every architecture is told with the others. */
const leastShare = 0.02;

const nameOf = ({ architecture, handOver }: Variant): string =>
  `${architecture}, ${handOverInWords(handOver)}`;

/** All architectures, handed over in each way, in turn: the measurement of the comparison, median and range of the rounds. */
export async function compareArchitectures(rounds: number): Promise<string[]> {
  const timings = await measureTimings(variants, { rounds, orders });
  const rows = variants.map((variant, index) => {
    const { deliveriesPerSecond = [], handOverP50Ms = [], handOverP99Ms = [] } = timings[index] ?? {};
    const range = `${whole(Math.min(...deliveriesPerSecond))}–${whole(Math.max(...deliveriesPerSecond))}`;
    const [p50, p99] = [handOverP50Ms, handOverP99Ms].map((each) => `${medianOf(each).toFixed(1)} ms`);
    return [nameOf(variant), whole(medianOf(deliveriesPerSecond)), range, p50 ?? '', p99 ?? ''];
  });
  return aligned([['', 'deliveries/s', 'of the rounds', 'p50', 'p99'], ...rows]);
}

type Progress = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/** Microseconds of one delivery by place, a column for each architecture and way to hand over, each in a process of its own. */
export async function profileArchitectures(progress: Progress): Promise<string[]> {
  const columns: Spent[] = [];
  for (const variant of variants)
    columns.push(
      await progress(nameOf(variant), () =>
        measureParts(`${variant.architecture}:${variant.handOver}`, profiledOrders),
      ),
    );
  const totals = columns.map(totalOf);
  const isLarge = (place: string): boolean =>
    columns.some((spent, index) => (spent.get(place) ?? 0) >= leastShare * (totals[index] ?? 0));
  const places = [...new Set(columns.flatMap((spent) => [...spent.keys()]))].filter(isLarge);
  const sumOf = (place: string): number => columns.reduce((sum, spent) => sum + (spent.get(place) ?? 0), 0);
  places.sort((one, other) => sumOf(other) - sumOf(one));
  const rest = columns.map(
    (spent, index) => (totals[index] ?? 0) - places.reduce((sum, place) => sum + (spent.get(place) ?? 0), 0),
  );
  const inMicros = (values: readonly number[]): string[] => values.map((value) => value.toFixed(1));
  return [
    'Microseconds of processor time a delivery:',
    ...variants.map((variant, index) => `  ${letterOf(index)}  ${nameOf(variant)}`),
    '',
    ...aligned([
      ['', ...variants.map((_, index) => letterOf(index))],
      ...places.map((place) => [place, ...inMicros(columns.map((spent) => spent.get(place) ?? 0))]),
      ['all else', ...inMicros(rest)],
      ['together', ...inMicros(totals)],
    ]),
  ];
}

const letterOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

const totalOf = (spent: Spent): number => [...spent.values()].reduce((sum, micros) => sum + micros, 0);
