import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAtMs, type Row } from '../../../src/flows/game/input.ts';
import { beginner, evolve, type Player } from '../../../src/flows/game/play.ts';
import { type BusName, failedChecks, only, playGame } from './a-wood.ts';

const deed = fc.record({
  afterMs: fc.constantFrom(0, 20, 50, 66, 67, 500, 1000, 9000),
  does: fc.constantFrom<Row['does'][]>(
    'collect',
    'collect',
    'collect',
    'collect',
    'golden',
    'move',
    'clear',
    'ban',
  ),
  metres: fc.constantFrom(0, 1, 6, 12, 13, 100),
  isTwice: fc.constantFrom(false, false, false, false, true),
});
const stream = fc.array(deed, { minLength: 1, maxLength: 40 });
const game = fc.record({
  streams: fc.array(stream, { minLength: 1, maxLength: 4 }),
  /** Bans are rare, or nobody plays. */
  hasBans: fc.boolean(),
});

type Game = typeof game extends fc.Arbitrary<infer T> ? T : never;

const rowsOf = ({ streams, hasBans }: Game, offsets: readonly number[] = []): readonly Row[] =>
  streams
    .flatMap((deeds, index) => {
      let atMs = beginsAtMs + (offsets[index] ?? index * 3);
      return deeds.flatMap(({ afterMs, does, metres, isTwice }, seq): Row[] => {
        atMs += afterMs;
        if (does === 'ban' && !hasBans) return [];
        const isJudged = does === 'clear' || does === 'ban';
        const row: Row = {
          atMs,
          playerId: `p${index}`,
          matchId: 'm1',
          seq,
          does,
          metres: does === 'move' ? metres : null,
          by: isJudged ? 'judge' : '',
        };
        return isTwice && !isJudged ? [row, row] : [row];
      });
    })
    .sort((one, other) => one.atMs - other.atMs);

/** What is to come of one player's rows, from the whole list of them. */
function expectedOf(rows: readonly Row[]) {
  const heard: number[] = [];
  const seqs = new Set<number>();
  const won: { key: string; coins: number; when: 'free' | 'open' }[] = [];
  const acorns: number[] = [];
  let [place, placeMs]: [number | null, number] = [null, 0];
  let [score, reachedAtMs, goldens, rejected, strike] = [0, 0, 0, 0, 0];
  let status: 'free' | 'open' | 'out' = 'free';
  let coins = 0;
  const win = (key: string, value: number): void => {
    if (won.some((each) => each.key === key)) return;
    won.push({ key, coins: value, when: status === 'open' ? 'open' : 'free' });
    if (status === 'free') coins += value;
  };
  for (const { atMs, seq, does, metres } of rows) {
    if (does === 'clear' || does === 'ban') {
      if (status !== 'open') continue;
      status = does === 'clear' ? 'free' : 'out';
      for (const each of won) {
        if (each.when === 'open' && status === 'free') coins += each.coins;
        each.when = 'free';
      }
      continue;
    }
    if (seqs.has(seq)) {
      rejected++;
      continue;
    }
    seqs.add(seq);
    if (status === 'out') {
      rejected++;
      continue;
    }
    const inSecond = heard.slice(-15).filter((each) => atMs - each < 1000).length;
    heard.push(atMs);
    const isFast =
      metres !== null && place !== null && Math.abs(metres - place) > (12 * (atMs - placeMs)) / 1000;
    if (inSecond >= 15 || isFast) {
      rejected++;
      if (status === 'free') strike++;
      status = 'open';
      continue;
    }
    if (metres !== null) [place, placeMs] = [metres, atMs];
    if (does === 'move') continue;
    reachedAtMs = atMs;
    score += does === 'golden' ? 50 : 10;
    if (does === 'golden') {
      goldens++;
      win('golden', 50);
      continue;
    }
    acorns.push(atMs);
    win('first_acorn', 20);
    if (acorns.length >= 5 && atMs - (acorns.at(-5) ?? 0) <= 10_000) win('streak_5', 30);
    if (acorns.length >= 10) win('hoarder', 40);
  }
  return {
    score,
    reachedAtMs,
    coins,
    rejected,
    strike,
    goldens,
    isOut: status === 'out',
    isProvisional: status === 'open',
  };
}

async function agree(busName: BusName, each: Game): Promise<void> {
  const rows = rowsOf(each);
  const { report, said, players, wallet } = await playGame(busName, rows);
  const ids = [...new Set(rows.map(({ playerId }) => playerId))];
  const expected = ids.map((playerId) => ({
    playerId,
    ...expectedOf(rows.filter((row) => row.playerId === playerId)),
  }));
  const board = expected
    .filter(({ score, isOut }) => score > 0 && !isOut)
    .sort(
      (one, other) =>
        other.score - one.score ||
        one.reachedAtMs - other.reachedAtMs ||
        (one.playerId < other.playerId ? -1 : 1),
    )
    .map(({ playerId, score, isProvisional, coins }) => ({ playerId, score, isProvisional, coins }));

  expect(
    (report.data.board as typeof board).map(({ playerId, score, isProvisional, coins }) => ({
      playerId,
      score,
      isProvisional,
      coins,
    })),
  ).toEqual(board);
  expect(failedChecks(report)).toEqual([]);
  for (const { playerId, coins } of expected) expect(wallet.coins.get(playerId) ?? 0).toBe(coins);
  expect(only(said, 'ActionRejected')).toHaveLength(
    expected.reduce((sum, { rejected }) => sum + rejected, 0),
  );
  expect(only(said, 'CheatSuspected')).toHaveLength(expected.reduce((sum, { strike }) => sum + strike, 0));

  // The log of accepted actions from nothing comes to the same players.
  const replayed = new Map<string, Player>();
  for (const { data } of only(said, 'ActionAccepted'))
    replayed.set(data.playerId, evolve(replayed.get(data.playerId) ?? beginner, data));
  expect(Object.fromEntries(players)).toEqual(Object.fromEntries(replayed));
}

test('whatever squirrels do, board, coins and strikes are what whole lists come to', async () => {
  await fc.assert(
    fc.asyncProperty(game, (each) => agree('in-memory', each)),
    { numRuns: 100, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(game, (each) => agree('durable', each)),
    { numRuns: 8, seed: 2 },
  );
});

test('how the streams of players fall together changes no score', async () => {
  await fc.assert(
    fc.asyncProperty(
      game,
      fc.array(fc.nat({ max: 20_000 }), { minLength: 4, maxLength: 4 }),
      async (each, offsets) => {
        const [one, other] = [
          await playGame('in-memory', rowsOf(each)),
          await playGame('in-memory', rowsOf(each, offsets)),
        ];

        expect(Object.fromEntries(other.players)).toEqual(Object.fromEntries(one.players));
        expect(Object.fromEntries(other.wallet.coins)).toEqual(Object.fromEntries(one.wallet.coins));
      },
    ),
    { numRuns: 40, seed: 3 },
  );
});
