import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { nodeArguments } from '../../../kernel/index.ts';
import { measureFaults } from './faults.ts';
import { measureTimings } from './timed-runs.ts';
import type { Variant } from './variants.ts';

/** What is measured in a process of its own: neither heat nor memory of another one counts then. */
const measurements = { faults: measureFaults, timings: measureTimings } as const;

type Measurements = typeof measurements;
export type MeasurementName = keyof Measurements;
type Measured<Name extends MeasurementName> = Awaited<ReturnType<Measurements[Name]>>;

const program = new URL('../../../demo/measure-cli.ts', import.meta.url);
const execute = promisify(execFile);

/** Measures a variant in a process of its own. */
export async function measureInProcess<Name extends MeasurementName>(
  name: Name,
  variant: Variant,
): Promise<Measured<Name>> {
  const args = [...nodeArguments(program), name, JSON.stringify(variant)];
  const { stdout } = await execute(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Measured<Name>;
}

/** What such a process does: measures, and answers with JSON. */
export async function answerMeasurement([name = '', variant = '']: readonly string[]): Promise<string> {
  if (!Object.hasOwn(measurements, name)) throw new TypeError(`there is no measurement "${name}"`);
  return JSON.stringify(await measurements[name as MeasurementName](JSON.parse(variant)));
}

/** The same for many, as many at once as there are processors; answers in their order. */
export async function forEachAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(items.length, availableParallelism()) }, worker));
  return results;
}
