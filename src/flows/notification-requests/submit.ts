import type { RequestEntry } from './request-entry.ts';
import type { RequestResult } from './request-result.ts';
import type { OnThrough, Submitter } from './submitter.ts';

export interface SubmitOptions {
  /** When it is aborted, what is in hand is finished and the rest left alone. */
  signal: AbortSignal;
  /** Called for each request, in their order; the next ones wait for it. */
  onResult(result: RequestResult): Promise<void> | void;
  /** Called for each request when it is through, with how long that took. */
  onThrough?: OnThrough;
  /** Called for each request as it is read, where it is known how many there are: 0 to 1. */
  onProgress?(share: number): void;
}

/** How many requests are in the pipeline at once: memory does not grow with their number. */
const batchSize = 200;

/** Sends any number of requests, a batch after the other, and says whether all of them were. */
export async function submit(
  submitter: Submitter,
  entries: AsyncIterable<RequestEntry> | Iterable<RequestEntry>,
  { signal, onResult, onThrough, onProgress }: SubmitOptions,
): Promise<boolean> {
  let batch: RequestEntry[] = [];
  const send = async (): Promise<void> => {
    for (const result of await submitter.send(batch, onThrough)) await onResult(result);
    batch = [];
  };
  for await (const entry of entries) {
    if (signal.aborted) return false;
    if (entry.share !== undefined) onProgress?.(entry.share);
    batch.push(entry);
    if (batch.length >= batchSize) await send();
  }
  await send();
  return true;
}

export interface SubmitSteadilyOptions extends Omit<SubmitOptions, 'onResult'> {
  ratePerSecond: number;
  onThrough: OnThrough;
  stopwatch: () => number;
  /** Resolves a moment later on the stopwatch. */
  pause(): Promise<void>;
}

/** More are not let in at once, whatever the rate: their time counts from when it was their turn all the same. */
const mostInHand = 10_000;

/**
 * Sends requests at a steady rate, whether or not those before them are through, and says whether all of them were
 * sent. The time of each counts from the moment at which it was to be sent: a pipeline that falls behind cannot hide
 * that by being asked later.
 */
export async function submitSteadily(
  submitter: Submitter,
  entries: Iterable<RequestEntry> | AsyncIterable<RequestEntry>,
  { ratePerSecond, signal, onThrough, onProgress, stopwatch, pause }: SubmitSteadilyOptions,
): Promise<boolean> {
  const startMs = stopwatch();
  let count = 0;
  for await (const entry of entries) {
    const turnMs = startMs + (count++ * 1000) / ratePerSecond;
    while (!signal.aborted && (stopwatch() < turnMs || submitter.inHand >= mostInHand)) await pause();
    if (signal.aborted) break;
    if (entry.share !== undefined) onProgress?.(entry.share);
    await submitter.offer(entry, turnMs, onThrough);
  }
  await submitter.rest();
  return !signal.aborted;
}
