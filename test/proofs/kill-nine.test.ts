import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Taken } from '../../src/lab/scenarios/crash/provider.ts';
import { architectureNames, hasBus } from '../../src/shop/world.ts';
import { type Chain, playChain } from './kill-nine/chain.ts';

// A shop in a process of its own is killed with SIGKILL at 50 random moments and more, while customers keep it
// busy. What came of that is read from the provider's journal and from what the shop answered, never from its
// tables. The seed repeats the moments, but not how far the process had come by then.
const architectures = architectureNames.filter(hasBus);
const kills = Math.ceil(50 / architectures.length);

const chains = architectures.map((architecture, index) => ({
  architecture,
  seed: index + 1,
  // Few, so that deliveries wait in the ledger too.
  maxInHand: architecture === 'event-sourced' ? 8 : 64,
}));

test.concurrent.for(chains)(
  `$architecture, killed ${kills} times from seed $seed, loses nothing and repeats only what it had in hand`,
  { timeout: 180_000 },
  async ({ maxInHand, ...chain }, { onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'kill-nine-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

    const { killed, acknowledged, journal } = await playChain({ ...chain, folder, kills, maxInHand });

    const livesOf = livesOfKeys(journal);
    const promised = new Set(acknowledged.flatMap(({ keys }) => keys));
    expect(difference(promised, livesOf).filter((key) => !isNoLongerSo(key, promised))).toEqual([]);
    expect(difference(livesOf, promised)).toEqual([]);
    expect(repeatedBeyondReason(livesOf, killed)).toEqual([]);
    for (const { inHand } of killed) expect(inHand.length).toBeLessThanOrEqual(2 * maxInHand);
    // What a process could not hear of is asked for again: the kills do fall where it hurts.
    const unheard = killed.flatMap(({ yesUnheard }) => yesUnheard ?? []);
    expect(unheard.length).toBeGreaterThan(0);
    const askedOnce = unheard.filter((key) => livesOf.get(key)?.length === 1);
    expect(askedOnce.filter((key) => !isNoLongerSo(key, promised))).toEqual([]);
  },
);

/** What makes news old: what waited behind a kill is not sent when this has happened meanwhile, but is overtaken. */
const overtakers: Readonly<Record<string, string>> = {
  'payment-failed': 'payment-received',
  'order-confirmed': 'order-cancelled',
  'order-shipped': 'order-delivered',
  'order-complete': 'order-delivered',
};

function isNoLongerSo(key: string, promised: ReadonlySet<string>): boolean {
  const [type = '', , customer] = key.split(':');
  return [...promised].some((other) => {
    const [otherType, , otherCustomer] = other.split(':');
    return otherType === overtakers[type] && otherCustomer === customer;
  });
}

/** In which lives the provider took each key. */
function livesOfKeys(journal: readonly Taken[]): Map<string, number[]> {
  const lives = new Map<string, number[]>();
  for (const { life, key } of journal) lives.set(key, [...(lives.get(key) ?? []), life]);
  return lives;
}

interface Keys {
  keys(): Iterable<string>;
  has(key: string): boolean;
}

const difference = (some: Keys, others: Keys): string[] => [...some.keys()].filter((key) => !others.has(key));

/** Only what a life had in hand when it was killed may be taken again, from a later one, and once from each. */
function repeatedBeyondReason(livesOf: ReadonlyMap<string, number[]>, killed: Chain['killed']): string[] {
  const inHandOf = new Map(killed.map(({ life, inHand }) => [life, new Set(inHand)]));
  return [...livesOf].flatMap(([key, lives]) => {
    const isOnceEach = new Set(lives).size === lives.length;
    const wasInHand = lives.slice(0, -1).every((life) => inHandOf.get(life)?.has(key));
    return isOnceEach && wasInHand ? [] : [`${key} in lives ${lives.join(', ')}`];
  });
}
