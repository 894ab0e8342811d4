import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Asked } from './cases/kept-shop.ts';
import type { Spent } from './profile.ts';

/** What a case reports about itself. */
export interface Measured {
  readonly deliveries: number;
  readonly tookMs: number;
  /** From the event to the hand-over to the provider, where that was measured. */
  readonly latencyMs?: { readonly p50: number; readonly p99: number };
  /** What it took, where that was measured. */
  readonly costs?: Costs;
  /** The largest that a process was that only tells: MB. */
  readonly workerPeakMb?: number;
}

/** Of a delivery, each. */
export interface Costs {
  /** Microseconds of processor time of whoever tells customers. */
  readonly workerMicros?: number;
  /** And of whoever publishes, where that is another process. */
  readonly publisherMicros?: number;
  /** And of the server. */
  readonly serverMicros?: number;
  /** What the server writes down before it answers. */
  readonly walBytes?: number;
  /** By which the database grows, before anything is vacuumed. */
  readonly storedBytes?: number;
  /** Those that write something. */
  readonly transactions?: number;
  readonly rows?: number;
}

export interface Run extends Measured {
  /** The largest the process ever was, with its start-up and what was stocked before: MB. */
  readonly peakMb: number;
}

const runner = fileURLToPath(new URL('./run-case.ts', import.meta.url));
const execute = promisify(execFile);

/**
 * Runs one case in a process of its own, so that neither heat nor memory of another one counts.
 * @param env beside what this process has.
 */
export async function measure(name: string, size: number, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return JSON.parse(await inProcess([name, String(size)], env)) as Run;
}

/** Where a case's time goes; measured in a run of its own, since measuring it slows it down. */
export async function measureShares(name: string, size: number): Promise<ReadonlyMap<string, number>> {
  return new Map(JSON.parse(await inProcess([name, String(size), 'profiled'])) as [string, number][]);
}

/** Microseconds that a delivery of an architecture takes, by place. @param variant `event-sourced:durable` */
export async function measureParts(variant: string, orders: number): Promise<Spent> {
  return new Map(JSON.parse(await inProcess([`parts:${variant}`, String(orders)])) as [string, number][]);
}

/** Milliseconds of what is asked of a datastore with so many deliveries. */
export async function measureAnswers(deliveries: number): Promise<Asked> {
  return JSON.parse(await inProcess(['kept-shop', String(deliveries)])) as Asked;
}

/** The heap after each tenth of a run, when everything that nobody holds is gone: MB. */
export async function measureHeap(events: number): Promise<readonly number[]> {
  return JSON.parse(await inProcess(['heap', String(events)])) as number[];
}

async function inProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const flags = ['--expose-gc', '--import', 'tsx', runner, ...args];
  return (await execute(process.execPath, flags, { env: { ...process.env, ...env } })).stdout;
}

/** The run in the middle, by its time. */
export function median(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((one, other) => one.tookMs - other.tookMs);
  return sorted[Math.floor(sorted.length / 2)] as Run;
}
