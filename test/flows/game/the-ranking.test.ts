import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ranking } from '../../../src/flows/game/board.ts';

const change = fc.record({
  player: fc.nat({ max: 30 }),
  score: fc.nat({ max: 5 }),
  reachedAtMs: fc.nat({ max: 3 }),
  isOut: fc.constantFrom(false, false, false, false, true),
});

test('the board is a full sort of all players after every change', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
      const ranking = new Ranking();
      const all = new Map<string, { score: number; reachedAtMs: number }>();
      for (const { player, score, reachedAtMs, isOut } of changes) {
        const id = `p${player}`;
        ranking.set(id, isOut ? null : { score, reachedAtMs, isProvisional: false, isBanned: false });
        if (isOut) all.delete(id);
        else all.set(id, { score, reachedAtMs });
        const sorted = [...all]
          .sort(
            ([a, one], [b, other]) =>
              other.score - one.score || one.reachedAtMs - other.reachedAtMs || (a < b ? -1 : 1),
          )
          .map(([each]) => each);
        expect(ranking.top(100)).toEqual(sorted);
        expect(ranking.rankOf(id) ?? 0).toBe(sorted.indexOf(id) + 1);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});
