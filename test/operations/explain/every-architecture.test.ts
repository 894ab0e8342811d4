import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { optionsOf, variants } from '../../../src/lab/comparison/measure/variants.ts';
import { runScenario } from '../../../src/lab/scenarios/run-scenario.ts';
import { explain } from '../../../src/operations/explain/explain.ts';
import { stockSampleShop } from '../../../src/shop/index.ts';

async function playedOn(variant: (typeof variants)[number], scenario: string) {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  await stockSampleShop(datastore);
  await runScenario(scenario, { ...optionsOf(variant), datastore });
  return datastore;
}

test.each(variants)('why nobody told Ben of the price: $architecture ($handOver)', async (variant) => {
  const datastore = await playedOn(variant, 'price-drop');

  const { kind, causes } = await explain(datastore, { id: 'helmet', customerId: 'ben' });

  expect(kind).toBe('product');
  expect(causes.map(({ event }) => event)).toEqual([
    { type: 'PriceChanged', change: 'helmet 79.00 USD → 59.00 USD' },
    { type: 'PriceChanged', change: 'helmet 59.00 USD → 65.00 USD' },
  ]);
  const reasons = causes.map(({ notifications }) =>
    notifications.flatMap(({ deliveries }) =>
      deliveries.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason)),
    ),
  );
  expect(reasons).toEqual([['segment_not_eligible', 'segment_not_eligible'], []]);
});

test.each(variants.filter(({ handOver }) => handOver === 'durable'))(
  'a message between the parts of $architecture is explained by the event that it began with',
  async (variant) => {
    const datastore = await playedOn(variant, 'order-shipped');
    const [event] = (await datastore.eventLog.about('ord-1001')).filter(
      ({ type }) => type === 'OrderStatusChanged',
    );
    const logged = await datastore.consumption.read({
      subscriber: 'nobody',
      types: null,
      after: 0,
      upTo: await datastore.consumption.head(),
      skipHandled: false,
    });
    const ledTo = logged.filter(({ message }) => message.correlationId === event?.id);

    expect(ledTo.length).toBeGreaterThan(0);
    for (const { message } of ledTo) {
      const { kind, causes } = await explain(datastore, { id: message.id });
      expect(kind).toBe('event');
      expect(causes.map(({ eventId }) => eventId)).toEqual([event?.id]);
      expect(causes[0]?.notifications.map(({ id }) => id)).toEqual(['order-shipped:ord-1001:ada']);
    }
  },
);
