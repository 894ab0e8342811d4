import { expect, test } from 'vitest';
import { MemoryWallet } from '../../../src/flows/game/rewards.ts';
import { buses, failedChecks, playGame, sampleRows } from './a-wood.ts';

/** Fails so often; once it does what it is asked, and only says that it does not. */
class FailingWallet extends MemoryWallet {
  calls = 0;
  readonly #failures: number;

  constructor(failures: number) {
    super();
    this.#failures = failures;
  }

  override async give(...asked: Parameters<MemoryWallet['give']>): Promise<void> {
    this.calls++;
    if (this.calls === this.#failures) await super.give(...asked);
    if (this.calls <= this.#failures) throw new Error('the wallet is shut');
    await super.give(...asked);
  }
}

test.each(buses)('while the wallet is down coins wait, and the game goes on (%s)', async (busName) => {
  const wallet = new FailingWallet(12);
  const untroubled = await playGame(busName, await sampleRows());
  const { report } = await playGame(busName, await sampleRows(), wallet);

  expect(report.data).toEqual(untroubled.report.data);
  expect(failedChecks(report)).toEqual([]);
  expect(Object.fromEntries(wallet.coins)).toEqual({ fig: 50, oak: 90 });
  expect(report.statistics.stages.find(({ stage }) => stage === 'wallet')).toMatchObject({
    failed: 12,
    breaker: 'closed',
  });
});

test('one that stays down leaves everything but the coins as it is, and the command says so', async () => {
  const { report } = await playGame('in-memory', await sampleRows(), new FailingWallet(1e9));

  expect(report.data).toMatchObject({ actions: { accepted: 23 }, coins: 0 });
  expect(failedChecks(report)).toMatchObject([
    { words: expect.stringContaining('granted, withheld, or void') },
  ]);
});
