import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a case reports about itself. */
export interface Measured {
  readonly deliveries: number;
  readonly tookMs: number;
  /** From the event to the hand-over to the provider, where that was measured. */
  readonly latencyMs?: { readonly p50: number; readonly p99: number };
}

export interface Run extends Measured {
  /** The largest the process ever was, with its start-up and what was stocked before: MB. */
  readonly peakMb: number;
}

const runner = fileURLToPath(new URL('./run-case.ts', import.meta.url));
const execute = promisify(execFile);

/** Runs one case in a process of its own, so that neither heat nor memory of another one counts. */
export async function measure(name: string, size: number): Promise<Run> {
  return JSON.parse(await inProcess(name, String(size))) as Run;
}

/** Where a case's time goes; measured in a run of its own, since measuring it slows it down. */
export async function measureShares(name: string, size: number): Promise<ReadonlyMap<string, number>> {
  return new Map(JSON.parse(await inProcess(name, String(size), 'profiled')) as [string, number][]);
}

async function inProcess(...args: readonly string[]): Promise<string> {
  return (await execute(process.execPath, ['--import', 'tsx', runner, ...args])).stdout;
}

/** The run in the middle, by its time. */
export function median(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((one, other) => one.tookMs - other.tookMs);
  return sorted[Math.floor(sorted.length / 2)] as Run;
}
