import { expect, test } from 'vitest';
import { playable } from '../../../src/demo/commands/drill.ts';
import { priceDropOf, runScenario } from '../../../src/lab/scenarios/index.ts';
import { architectureNames } from '../../../src/shop/index.ts';
import { rejectionOf } from '../../support/rejection.ts';

test.each(architectureNames)(
  'on %s a drop of the helmet is told, to whatever price',
  async (architecture) => {
    const { ok, deliveries, timeline } = await runScenario(
      priceDropOf({ productId: 'helmet', cents: 4900 }),
      {
        architecture,
      },
    );

    expect({ ok, sent: deliveries.filter(({ delivery }) => delivery.status === 'sent').length }).toEqual({
      ok: true,
      sent: 4,
    });
    expect(timeline[0]).toMatchObject({
      kind: 'step',
      text: 'The price of Summit Helmet drops from $79.00 to $49.00',
    });
  },
);

test.each([
  [{ productId: 'helmet', cents: 9900 }, 'The price of Summit Helmet rises from $79.00 to $99.00'],
  [{ productId: 'gloves' }, 'The price of Trail Gloves drops from $24.50 to $18.38'],
])('nobody is told of %j', async (given, words) => {
  const { ok, deliveries, timeline } = await runScenario(priceDropOf(given));

  expect({ ok, deliveries: deliveries.length }).toEqual({ ok: true, deliveries: 0 });
  expect(timeline[0]).toMatchObject({ text: words });
});

test('a product that nobody sells, and a price that it has, are refused', async () => {
  expect(await rejectionOf(async () => priceDropOf({ productId: 'kayak' }))).toMatchObject({
    message: 'there is no product "kayak"',
    help: 'Known: helmet, gloves, bike',
  });
  expect(await rejectionOf(async () => priceDropOf({ productId: 'helmet', cents: 7900 }))).toMatchObject({
    message: 'the helmet costs $79.00 already',
  });
});

test('where no price drops, a price is of no use', async () => {
  const how = { architecture: 'event-sourced', price: 4900 } as const;

  expect(await rejectionOf(async () => playable(['order-shipped'], how))).toMatchObject({
    message: '--price is of no use here',
  });
  expect(playable([], how).map(({ name }) => name)).toContain('price-drop');
});
