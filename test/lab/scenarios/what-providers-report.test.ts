import { expect, it } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { plainResult } from '../../../src/demo/commands/demo-json.ts';
import { runScenario } from '../../../src/lab/scenarios/index.ts';
import { receipts } from '../../../src/lab/scenarios/receipts.ts';
import { explain, explanationDocument } from '../../../src/operations/explain/index.ts';
import { renderEntries } from '../../../src/operations/flow/index.ts';
import { toLines } from '../../../src/report/index.ts';
import { architectureNames, busNames, stockSampleShop } from '../../../src/shop/index.ts';
import { plain } from '../comparison/shown.ts';

const everywhere = architectureNames.flatMap((architecture) =>
  busNames.map((bus) => [architecture, bus] as const),
);

it.each(everywhere)('ends as it promises on %s, %s', async (architecture, bus) => {
  const { differences } = await runScenario('receipts', { architecture, bus });

  expect(differences).toEqual([]);
});

it('is not ok where something else is reported than it promises', async () => {
  const [first = '', ...others] = receipts.expectedReceipts ?? [];

  const { ok, differences } = await runScenario({ ...receipts, expectedReceipts: others });

  expect([ok, differences]).toEqual([false, [`+ ${first}`]]);
});

it('shows each when it comes, with what it was taken for', async () => {
  const { timeline } = await runScenario('receipts');

  const lines = renderEntries(timeline, plain(100)).filter((line) => line.includes('↩'));
  expect(lines.slice(0, 7)).toEqual([
    '         ↩ ?     sms   delivered; not on record as sent yet',
    '         ↩ ada   email delivered',
    '         ↩ ben   sms   failed, 30008',
    '         ↩ ada   sms   delivered; as reported before',
    '         ↩ ben   sms   delivered',
    '  16:01  ↩ ben   email bounced, 5.1.1 (no such mailbox); the address is suppressed',
    '  16:04  ↩ ada   email bounced, 5.7.1',
  ]);
});

it('is explained to what the providers reported, and by which clock', async () => {
  const datastore = openDatastore();
  await stockSampleShop(datastore);
  await runScenario('receipts', { datastore });

  const told = await explain(datastore, { id: 'order-confirmed:ord-2702:ben' });

  const text = toLines(explanationDocument(told), plain(120)).join('\n');
  expect(text).toContain(`   ├─ email: sent
   │  ├─ 16:00:00 sent: accepted by the provider
   │  │  receipt captured-order-confirmed:ord-2702:ben:email
   │  └─ 16:01:00 bounced: the recipient's side has sent it back, says the provider
   │     5.1.1 (no such mailbox)`);
  expect(text).toMatch(/failed: .*\n.*30008\n.*delivered: it has arrived, says the provider/);
  expect(text).not.toContain('ben@');
  await datastore.close();
});

it('says in JSON what was reported, of which delivery', async () => {
  const { timeline } = plainResult(await runScenario('receipts')) as {
    timeline: readonly { kind: string }[];
  };

  expect(timeline.filter(({ kind }) => kind === 'receipt')).toContainEqual({
    kind: 'receipt',
    atMs: expect.any(Number),
    notificationId: 'order-confirmed:ord-2702:ben',
    customerId: 'ben',
    channel: 'email',
    status: 'bounced',
    code: '5.1.1',
    meaning: 'code 5.1.1: no such mailbox',
    result: 'recorded',
    isSuppressed: true,
  });
});
