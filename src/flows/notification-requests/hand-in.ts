import type { RequestDesk } from './request-desk.ts';
import type { RequestEntry } from './request-entry.ts';
import type { RequestResult } from './request-result.ts';

export interface HandInOptions {
  /** When it is aborted, what is in hand is finished and the rest left alone. */
  signal: AbortSignal;
  /** Called for each request, in their order; the next ones wait for it. */
  onResult(result: RequestResult): Promise<void> | void;
  /** Called for each request as it is read, where it is known how many there are: 0 to 1. */
  onProgress?(share: number): void;
}

/** How many requests are in the pipeline at once: memory does not grow with their number. */
const batchSize = 200;

/** Sends any number of requests, a batch after the other, and says whether all of them were. */
export async function handIn(
  desk: RequestDesk,
  entries: AsyncIterable<RequestEntry> | Iterable<RequestEntry>,
  { signal, onResult, onProgress }: HandInOptions,
): Promise<boolean> {
  let batch: RequestEntry[] = [];
  const send = async (): Promise<void> => {
    for (const result of await desk.send(batch)) await onResult(result);
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
