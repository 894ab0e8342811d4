import { Parser } from '@asyncapi/parser';
import { expect, it } from 'vitest';
import { shopEvents } from '../../src/events/index.ts';
import { architectureNames } from '../../src/shop/index.ts';
import { openServedShop } from './served-shop.ts';

it.each(architectureNames)('is valid AsyncAPI, on %s', async (architecture) => {
  const { ask } = await openServedShop({ architecture });
  const { text } = await ask('/asyncapi.json');

  const { document, diagnostics } = await new Parser().parse(text);

  expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
  expect(document?.version()).toBe('3.0.0');
});

it('has every version of every event, and what is streamed fits it', async () => {
  const { ask, shop } = await openServedShop();
  const { body } = await ask('/asyncapi.json');
  const names = Object.values(shopEvents).flatMap(({ type, versions }) =>
    versions.map((_, index) => `${type}.v${index + 1}`),
  );
  expect(Object.keys(body.components.messages).sort()).toEqual(names.sort());

  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  const { events } = (await ask('/v1/events')).body;
  for (const event of events) {
    const { payload } = body.components.messages[`${event.type}.v${event.schemaversion}`];
    const { z } = await import('zod');
    expect(z.fromJSONSchema(payload).safeParse(event)).toMatchObject({ success: true });
    const broken = { ...event, data: { ...event.data, orderId: 7 } };
    expect(z.fromJSONSchema(payload).safeParse(broken).success).toBe(false);
  }
  expect(events).toHaveLength(1);
});
