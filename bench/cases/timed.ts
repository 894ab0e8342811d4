import type { Measured } from '../measure.ts';

/** The time of the work alone, without what it is done on. */
export async function timed(deliveries: number, work: () => unknown): Promise<Measured> {
  const startedMs = performance.now();
  await work();
  return { deliveries, tookMs: performance.now() - startedMs };
}
