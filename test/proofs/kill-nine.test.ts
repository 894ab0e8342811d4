import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Taken } from '../../src/demo/crash/provider.ts';
import { architectureNames, hasBus } from '../../src/demo/world.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { playChain } from './kill-nine/chain.ts';

/**
 * A shop in a process of its own is killed with SIGKILL at random moments, 50 in all, while customers give it
 * commands. What comes of it is read from the provider's journal and from what the shop has answered, never from
 * its tables.
 */
const architectures = architectureNames.filter(hasBus);
const kills = Math.ceil(50 / architectures.length);

test.concurrent.each(architectures.map((architecture, index) => ({ architecture, seed: index + 1 })))(
  '$architecture loses nothing when it is killed again and again, seed $seed',
  async ({ architecture, seed }) => {
    const maxInHand = architecture === 'event-sourced' ? 8 : 64;
    const folder = dirname(temporaryFile('shop.db'));
    const { killed, acknowledged, journal } = await playChain({
      folder,
      architecture,
      seed,
      kills,
      maxInHand,
    });

    const promised = new Set(acknowledged.flatMap(({ keys }) => keys));
    const taken = livesOfKeys(journal);
    expect([...promised].filter((key) => !taken.has(key))).toEqual([]);
    expect([...taken.keys()].filter((key) => !promised.has(key))).toEqual([]);

    const inHand = new Map(killed.map(({ life, inHand }) => [life, inHand]));
    const repeated = [...taken].filter(([, lives]) => lives.length > 1);
    for (const [key, lives] of repeated) {
      expect(lives).toEqual([...new Set(lives)]);
      for (const life of lives.slice(0, -1)) expect(inHand.get(life)).toContain(key);
    }
    // What a process cannot have heard of is asked for again.
    const unheard = killed.flatMap(({ yesUnheard }) => yesUnheard ?? []);
    expect(unheard.length).toBeGreaterThan(0);
    expect(unheard.filter((key) => taken.get(key)?.length === 1)).toEqual([]);
    for (const keys of inHand.values()) expect(keys.length).toBeLessThanOrEqual(2 * maxInHand);
    if (process.env.DEBUG)
      console.log(
        JSON.stringify({
          architecture,
          promised: promised.size,
          commands: acknowledged.length,
          repeated: repeated.length,
          thrice: repeated.filter(([, l]) => l.length > 2).length,
          unheard: unheard.length,
          inHand: [...inHand.values()].map((k) => k.length),
          moments: killed.map(({ moment: { sight, count, turns } }) => `${sight} ${count} ${turns}`),
        }),
      );
  },
  180_000,
);

/** In which lives the provider took each key. */
function livesOfKeys(journal: readonly Taken[]): Map<string, number[]> {
  const lives = new Map<string, number[]>();
  for (const { life, key } of journal) lives.set(key, [...(lives.get(key) ?? []), life]);
  return lives;
}
