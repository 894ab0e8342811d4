import { expect, it, onTestFinished } from 'vitest';
import { type DeliveryRecord, type LedgerEntry, openDatastore } from '../../../../src/datastore/index.ts';
import { compareLedgers } from '../../../../src/lab/comparison/shadow/compare-ledgers.ts';
import type { DeliveryDifference } from '../../../../src/lab/comparison/shadow/difference.ts';
import { describeDifference } from '../../../../src/lab/comparison/shadow/words.ts';
import { aDelivery, anEntry, requestedAtMs, sent } from '../../../support/records.ts';

interface Kept {
  readonly entries: readonly LedgerEntry[];
  readonly ends?: readonly DeliveryRecord[];
}

async function ledgerWith({ entries, ends = [] }: Kept) {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  await datastore.ledger.open(entries);
  await datastore.ledger.record(ends, []);
  return datastore.ledger;
}

async function between(current: Kept, candidate: Kept): Promise<DeliveryDifference[]> {
  const ledgers = { current: await ledgerWith(current), candidate: await ledgerWith(candidate) };
  const found: DeliveryDifference[] = [];
  for await (const difference of compareLedgers(ledgers)) found.push(difference);
  return found;
}

const emailOf = (id: string, differences: Parameters<typeof anEntry>[2] = {}): LedgerEntry =>
  anEntry(id, ['email'], differences);

it('what ends later is told with both times', async () => {
  const [difference, ...others] = await between(
    { entries: [emailOf('n-1')], ends: [sent('n-1', 'email')] },
    { entries: [emailOf('n-1')], ends: [{ ...sent('n-1', 'email'), settledAtMs: requestedAtMs + 60_000 }] },
  );

  expect(others).toEqual([]);
  expect(difference?.kinds).toEqual(['time']);
  expect(difference && describeDifference(difference)).toBe(
    '2026-03-02 09:59:59  order-shipped order-1, kim email: sent → sent, later ' +
      '(2026-03-02 10:00:00.005 → 2026-03-02 10:01)',
  );
});

it('what never ends is told as such', async () => {
  const [difference] = await between(
    { entries: [emailOf('n-1')], ends: [aDelivery('n-1', 'email', { reason: 'quiet_hours', dueAtMs: 1 })] },
    { entries: [emailOf('n-1')], ends: [sent('n-1', 'email')] },
  );

  expect(difference?.kinds).toEqual(['status', 'reason', 'time']);
  expect(difference && describeDifference(difference)).toContain(
    'pending: quiet_hours → sent (never → 2026-03-02 10:00:00.005)',
  );
});

it('what says something else is told, with what is different in it', async () => {
  const words = (orderId: string): Kept => ({
    entries: [emailOf('n-1', { variables: { orderId, items: [{ name: 'Bell' }] } })],
    ends: [sent('n-1', 'email')],
  });
  const [difference] = await between(words('order-1'), words('order-2'));

  expect(difference).toMatchObject({ kinds: ['wording'], wording: ['orderId'] });
  expect(difference && describeDifference(difference)).toContain('sent → sent, in other words (orderId)');
});

it('of what nobody is sent, no words differ', async () => {
  const skipped = aDelivery('n-1', 'email', { status: 'skipped', reason: 'opted_out', settledAtMs: 1 });
  const words = (orderId: string): Kept => ({
    entries: [emailOf('n-1', { variables: { orderId } })],
    ends: [skipped],
  });

  expect(await between(words('order-1'), words('order-2'))).toEqual([]);
});

it('ids that no two architectures number alike are no difference', async () => {
  const drop = (id: string): LedgerEntry =>
    emailOf(id, { type: 'price-drop', subject: 'helmet', causeId: id });

  expect(await between({ entries: [drop('a-1')] }, { entries: [drop('b-1')] })).toEqual([]);
});

it('of two alike, one that is missing is missing once', async () => {
  const drop = (id: string): LedgerEntry => emailOf(id, { type: 'price-drop', subject: 'helmet' });

  const differences = await between({ entries: [drop('a-1'), drop('a-2')] }, { entries: [drop('b-1')] });

  expect(differences.map(({ kinds }) => kinds)).toEqual([['missing']]);
});

it('customers whom only one of them tells anything are found, over more than a page', async () => {
  const many = Array.from({ length: 1200 }, (_, index) =>
    emailOf(`n-${index}`, { customerId: `c-${index}` }),
  );

  const differences = await between({ entries: many.slice(0, 1100) }, { entries: many.slice(50) });

  const kinds = differences.flatMap((difference) => difference.kinds);
  expect(kinds.filter((kind) => kind === 'missing')).toHaveLength(50);
  expect(kinds.filter((kind) => kind === 'added')).toHaveLength(100);
  expect(kinds).toHaveLength(150);
});
