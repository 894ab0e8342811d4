import { randomBytes } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Randomness as a port. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** `count` bytes. */
  bytes(count: number): Uint8Array;
}

/** The operating system's randomness. */
export function systemRandom(): Random {
  return { next: () => randomBytes(4).readUInt32BE() / 2 ** 32, bytes: (count) => randomBytes(count) };
}

/** Small seeds fill few of the generator's bits: its first numbers would be nearly equal for all of them. */
const warmUpDraws = 32;

/** The same numbers for the same seed, on every machine. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let drawn = 0; drawn < warmUpDraws; drawn++) generator.next();
  const nextUint32 = (): number => generator.next() >>> 0;
  return {
    next: () => nextUint32() / 2 ** 32,
    bytes(count) {
      const bytes = new Uint8Array(count);
      for (let index = 0; index < count; index++) bytes[index] = nextUint32();
      return bytes;
    },
  };
}
