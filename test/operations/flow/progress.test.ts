import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../src/lab/scenarios/index.ts';
import { explain } from '../../../src/operations/explain/index.ts';
import { renderEntries } from '../../../src/operations/flow/index.ts';
import { terminalOf } from '../../../src/report/index.ts';
import { createWorld, stockSampleShop } from '../../../src/shop/index.ts';

const terminal = terminalOf({ isTTY: false, columns: 80 });

describe('an order that ships part by part', () => {
  it('says in the timeline how far it has come, and no further for a repetition', async () => {
    const { timeline } = await runScenario('order-complete');

    const lines = renderEntries(timeline, terminal).filter((line) => line.includes('items shipped'));
    expect(lines.map((line) => line.trim())).toEqual([
      '1 of 3 items shipped',
      '2 of 3 items shipped',
      '3 of 3 items shipped',
      '3 of 3 items shipped',
    ]);
  });

  it('says so when it is explained, as it was at each event', async () => {
    const world = createWorld({ startMs: Date.parse('2026-03-02T10:00:00Z') });
    await stockSampleShop(world.datastore);
    await world.architecture.start();
    const { ordering } = world.architecture.services;
    await ordering.shipLineItem({ orderId: 'ord-1001', lineItemId: 'ord-1001-2' });
    await ordering.shipLineItem({ orderId: 'ord-1001', lineItemId: 'ord-1001-1' });
    await world.finish();

    const { causes } = await explain(world.datastore, { id: 'ord-1001' });

    expect(causes.map(({ event }) => event?.change)).toEqual([
      'ord-1001 gloves pending → shipped, 1 of 2 items shipped',
      'ord-1001 helmet pending → shipped, 2 of 2 items shipped',
    ]);
    await world.close();
  });
});

it('a push and a webhook can be read in the timeline', async () => {
  const { timeline } = await runScenario('every-channel');

  const text = renderEntries(timeline, terminal).join('\n');
  expect(text).toContain('✓ jana  push  Order ord-1009 is on its way');
  expect(text).toContain('badge 1, sound default, opens');
  expect(text.replaceAll(/\s+/g, '')).toContain('openshttps://shop.example/orders/ord-1009');
  expect(text).toContain('✓ jana  webhook POST https://jana.example/hooks/shop');
  expect(text).toContain('│ order-shipped {"orderId":"ord-1009"}');
  expect(renderEntries(timeline, terminal, { isFull: true }).join('\n')).toContain('"type": "notification"');
  expect(text).toMatch(/signed v1,[\w+/]{43}=/);
});
