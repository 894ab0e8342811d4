import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ScratchRun } from '../../../datastore/index.ts';
import { nodeArguments } from '../../../kernel/index.ts';
import { measureOrdeal, type Ordeal, type Samples } from './faults.ts';
import { placesOf } from './places.ts';
import { type Extent, measureTimings } from './timed-runs.ts';
import type { Variant } from './variants.ts';

/** What is measured in another process: on another core, or where nothing that came before counts. */
const measurements = {
  ordeal: (ordeal: Ordeal, variant: Variant, samples: Samples, run?: ScratchRun) =>
    measureOrdeal(ordeal, variant, samples, placesOf(variant, run)),
  timings: (variants: readonly Variant[], extent: Extent, run?: ScratchRun) =>
    measureTimings(variants, extent, (variant) => placesOf(variant, run)),
} as const;

type Measurements = typeof measurements;
type MeasurementName = keyof Measurements;
type Input<Name extends MeasurementName> = Parameters<Measurements[Name]>;
type Measured<Name extends MeasurementName> = Awaited<ReturnType<Measurements[Name]>>;

interface Asked {
  readonly name: MeasurementName;
  readonly input: readonly unknown[];
}

const program = new URL('../../../demo/measure-cli.ts', import.meta.url);

/** A process that measures, one thing after the other. */
export class MeasuringProcess {
  readonly #process: ChildProcess;

  constructor() {
    const args = nodeArguments(program);
    this.#process = fork(args.at(-1) ?? '', { execArgv: args.slice(0, -1), serialization: 'advanced' });
  }

  /** @throws {Error} it has ended before it was done; what was wrong stands on stderr. */
  async measure<Name extends MeasurementName>(name: Name, ...input: Input<Name>): Promise<Measured<Name>> {
    const asked: Asked = { name, input };
    this.#process.send(asked);
    const ended = new AbortController();
    const answer = once(this.#process, 'message', { signal: ended.signal });
    const end = once(this.#process, 'exit', { signal: ended.signal });
    try {
      const [measured] = await Promise.race([
        answer,
        end.then(() => {
          throw new Error(`the process that measures ${name} has ended`);
        }),
      ]);
      return measured as Measured<Name>;
    } finally {
      answer.catch(() => {});
      end.catch(() => {});
      ended.abort();
    }
  }

  /** Ends it, whatever it is doing. */
  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const end = once(this.#process, 'exit');
    this.#process.kill();
    await end;
  }
}

/** What such a process does: answers each question with what was measured. */
export function answerMeasurements(): void {
  // Whoever asked is gone: nobody waits for what is being measured.
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ name, input }: Asked) => {
    const measure = measurements[name] as (...input: readonly unknown[]) => Promise<unknown>;
    process.send?.(await measure(...input));
  });
}

/**
 * Does something with each, as many at once as there are workers, beginning with the last: where those are the ones that take
 * longest, no worker is left with one while the others have nothing. Answers in the order of the items.
 */
export async function shareOut<Item, Result>(
  items: readonly Item[],
  workers: readonly ((item: Item) => Promise<Result>)[],
): Promise<Result[]> {
  const results: Result[] = [];
  let left = items.length;
  const run = async (work: (item: Item) => Promise<Result>): Promise<void> => {
    while (left > 0) {
      const index = --left;
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(workers.map(run));
  return results;
}
