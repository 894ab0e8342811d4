import { createHash } from 'node:crypto';
import { rules } from './rules.ts';

const bits = 64;
const bandBits = 16;

export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * 64 bits, in hexadecimal, of which few differ where texts do little (SimHash, Charikar 2002); null for a text too short to be
 * told from others. Case and punctuation change nothing.
 */
export function fingerprintOf(text: string): string | null {
  const words = wordsOf(text);
  if (words.length < rules.copiedWords) return null;
  const sums = new Array<number>(bits).fill(0);
  for (const word of words) {
    const hash = createHash('sha256').update(word).digest();
    for (let bit = 0; bit < bits; bit++)
      sums[bit] = (sums[bit] ?? 0) + (((hash[bit >> 3] ?? 0) >> (bit & 7)) & 1 ? 1 : -1);
  }
  const print = Buffer.alloc(bits / 8);
  for (const [bit, sum] of sums.entries())
    if (sum > 0) print[bit >> 3] = (print[bit >> 3] ?? 0) | (1 << (bit & 7));
  return print.toString('hex');
}

/** In how many bits they differ. */
export function distanceOf(one: string, other: string): number {
  let rest = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

/** Of two fingerprints that differ in three bits or fewer at least one of these four is the same. */
export const bandsOf = (fingerprint: string): readonly string[] =>
  Array.from(
    { length: bits / bandBits },
    (_, band) => `${band}:${fingerprint.slice(band * 4, band * 4 + 4)}`,
  );
