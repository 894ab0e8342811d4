import { expect, test } from 'vitest';
import { beginsAtMs } from '../../../src/flows/game/input.ts';
import { buses, failedChecks, only, playGame, row, sampleRows } from './a-wood.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, said, wallet } = await playGame(busName, await sampleRows());

  expect(report.data).toMatchObject({
    actions: { received: 30, accepted: 23, rejected: { duplicate: 1, speed: 1, rate: 5, banned: 0 } },
    board: [
      { playerId: 'oak', score: 160, isProvisional: true, coins: 90, withheld: 0 },
      { playerId: 'fig', score: 50, isProvisional: false, coins: 50, withheld: 0 },
      { playerId: 'nut', score: 50, isProvisional: true, coins: 0, withheld: 50 },
    ],
    coins: 140,
    suspected: 2,
    banned: [],
  });
  expect(failedChecks(report)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
  expect(Object.fromEntries(wallet.coins)).toEqual({ fig: 50, oak: 90 });
  expect(
    only(said, 'CheatSuspected').map(({ time, data }) => [
      data.playerId,
      Date.parse(time) - beginsAtMs,
      data.evidence,
    ]),
  ).toEqual([
    ['nut', 3500, '100 m in 1000 ms'],
    ['oak', 4750, '16 actions in 750 ms'],
  ]);
});

test.each(buses)(
  'a person clears a strike, and what was withheld is given; or bans, and it is void (%s)',
  async (busName) => {
    const cheats = [
      row(0, 'nut', 1, 'move', 0),
      row(1000, 'nut', 2, 'move', 100),
      row(1100, 'nut', 3, 'golden'),
    ];
    const again = [row(4000, 'nut', 4, 'collect')];
    const cleared = await playGame(busName, [
      ...cheats,
      row(3000, 'nut', 0, 'clear'),
      row(3500, 'nut', 0, 'ban'),
      ...again,
    ]);
    const banned = await playGame(busName, [...cheats, row(3000, 'nut', 0, 'ban'), ...again]);

    expect(cleared.report.data).toMatchObject({
      board: [{ playerId: 'nut', score: 60, isProvisional: false, coins: 70, withheld: 0 }],
      suspected: 0,
    });
    expect(only(cleared.said, 'JudgementRefused').map(({ data }) => data.reason)).toEqual(['no_strike']);
    expect(banned.report.data).toMatchObject({
      board: [],
      banned: ['nut'],
      coins: 0,
      actions: { accepted: 2, rejected: { banned: 1 } },
    });
    expect(only(banned.said, 'PlayerNotified').at(-1)?.data.words).toBe('you are out of the game');
    for (const { report } of [cleared, banned]) expect(failedChecks(report)).toEqual([]);
  },
);

test('what a player may do to the limit is no cheat, and one more is', async () => {
  const steps = (ms: number) =>
    Array.from({ length: 16 }, (_, index) => row(index === 15 ? ms : index * 10, 'fig', index, 'collect'));
  const atOnce = await playGame('in-memory', steps(999));
  const later = await playGame('in-memory', steps(1000));
  const runs = await playGame('in-memory', [
    row(0, 'fig', 1, 'move', 0),
    row(1000, 'fig', 2, 'move', 12),
    row(2000, 'fig', 3, 'move', -0.001),
  ]);

  expect(atOnce.report.data).toMatchObject({ actions: { accepted: 15, rejected: { rate: 1 } } });
  expect(later.report.data).toMatchObject({ actions: { accepted: 16, rejected: { rate: 0 } } });
  expect(runs.report.data).toMatchObject({ actions: { accepted: 2, rejected: { speed: 1 } } });
});

test('what is rejected counts too: who goes on hammering stays out', async () => {
  const fifteen = Array.from({ length: 15 }, (_, index) => row(index * 10, 'fig', index, 'collect'));
  const { report } = await playGame('in-memory', [
    ...fifteen,
    row(500, 'fig', 15, 'collect'),
    row(1005, 'fig', 16, 'collect'),
    row(1021, 'fig', 17, 'collect'),
  ]);

  expect(report.data).toMatchObject({ actions: { accepted: 16, rejected: { rate: 2 } } });
});
