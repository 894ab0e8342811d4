import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';

/** Bytes that are in use, when nobody is left who is not. */
function used(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Of each of so many, by what `fill` makes of them: the least of three, since others take memory meanwhile, and nobody gives any. */
export function bytesOfEach(count: number, fill: () => unknown): number {
  const bytes = [1, 2, 3].map(() => {
    const before = used();
    const kept = fill();
    const taken = used() - before;
    expect(kept).toBeDefined();
    return taken / count;
  });
  return Math.min(...bytes);
}
