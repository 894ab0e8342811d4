import { expect, test } from 'vitest';
import { buses, KeepingStore, playReadings, sampleRows } from './a-greenhouse.ts';
import { expectedOf } from './oracle.ts';
import { saidOf } from './what-was-said.ts';

/** Takes two batches, then fails so often. */
class FailingStore extends KeepingStore {
  calls = 0;
  readonly #failures: number;

  constructor(failures: number) {
    super();
    this.#failures = failures;
  }

  override async put(...batch: Parameters<KeepingStore['put']>): Promise<number> {
    this.calls++;
    if (this.calls > 2 && this.calls <= 2 + this.#failures) throw new Error('the disk is gone');
    return super.put(...batch);
  }
}

test.each(buses)('while the store is down batches wait, and nothing else does (%s)', async (busName) => {
  const rows = await sampleRows();
  const store = new FailingStore(9);
  const { report, said } = await playReadings(busName, rows, store);
  const stage = report.statistics.stages.find((each) => each.stage === 'store');

  // Alerts came when they would have come, and all was stored in the end.
  expect(saidOf(said, store.rows)).toEqual(expectedOf(rows));
  expect(stage).toMatchObject({ failed: 9, deadLettered: 0, breaker: 'closed' });
  expect(stage?.putOff).toBeGreaterThan(10);
  expect(store.calls).toBe(9 + store.batches.size);
});

test('a store that stays down gets no more than a probe every half a minute', async () => {
  const store = new FailingStore(Number.POSITIVE_INFINITY);
  const { report } = await playReadings('in-memory', await sampleRows(), store);

  expect(store.calls).toBeLessThan(2 + 3 + 610 / 30);
  expect(report.data.store).toEqual({ batches: 2, rows: 6 });
  expect(report.checks.filter(({ holds }) => !holds)).toMatchObject([
    { words: expect.stringContaining('stored') },
  ]);
});
