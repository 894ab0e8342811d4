import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { explainEntries } from '../../../src/operations/explain/deliveries.ts';
import { aDelivery, anEntry, sent } from '../../support/records.ts';

test('what was given up, sent on its way again, sent and asked for again shows all that in its order', async () => {
  const { ledger } = openDatastore();
  const key = { notificationId: 'n-1', channel: 'sms' };
  const duplicate = { ...key, atMs: 4e12, reason: 'duplicate', untilMs: null };
  await ledger.open([anEntry('n-1', ['sms'])]);
  const dead = { status: 'dead_lettered', reason: 'rejected', settledAtMs: 1 } as const;
  await ledger.record([aDelivery('n-1', 'sms', dead)], []);
  await ledger.redrive(key, 2);
  await ledger.record([sent('n-1', 'sms')], [duplicate]);

  const [explained] = await explainEntries(ledger, await ledger.find('id', 'n-1'));

  const reasons = explained?.deliveries[0]?.verdicts.map(({ reason }) => reason);
  expect(reasons).toEqual(['rejected', 'redriven', 'sent', 'duplicate']);
});
