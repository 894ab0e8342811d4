import { expect, expectTypeOf, test } from 'vitest';
import type { Message } from '../../src/events/index.ts';
import type { ShopBus } from '../support/bus.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';

// The compiler is the test here: an expected error that is missing fails `npm run types`.

test('a subscriber of one event reads its fields, and they have their types', async () => {
  const { bus, make } = await inMemoryHarness();
  const read: string[] = [];
  bus.subscribe({
    name: 'reader',
    handles: ['OrderStatusChanged'],
    async handle({ type, data }) {
      expectTypeOf(type).toEqualTypeOf<'OrderStatusChanged'>();
      expectTypeOf(data.status).toEqualTypeOf<'placed' | 'shipped' | 'delivered' | 'cancelled'>();
      expectTypeOf(data.reason).toEqualTypeOf<string | null>();
      read.push(data.orderId);
    },
  });

  await bus.publish([make.orderPlaced('order-1')]);
  await bus.settle();

  expect(read).toEqual(['order-1']);
});

test('a subscriber of several events tells them apart by their type', async () => {
  const { bus, make } = await inMemoryHarness();
  const read: string[] = [];
  bus.subscribe({
    name: 'reader',
    handles: ['PriceChanged', 'CustomerRegistered'],
    async handle(event) {
      expectTypeOf(event.type).toEqualTypeOf<'PriceChanged' | 'CustomerRegistered'>();
      if (event.type === 'PriceChanged') read.push(event.data.productId);
      else read.push(event.data.customerId);
    },
  });

  await bus.publish([make.registered('kim'), make.priceChanged('helmet')]);
  await bus.settle();

  expect(read.sort()).toEqual(['helmet', 'kim']);
});

test('what asks for more than the catalogue has does not compile', () => {
  const neverRun = (bus: ShopBus): void => {
    bus.subscribe({
      name: 'unknown event',
      // @ts-expect-error there is no such event
      handles: ['OrderVanished'],
      async handle() {},
    });

    bus.subscribe({
      name: 'unknown event among known ones',
      // @ts-expect-error there is no such event
      handles: ['PriceChanged', 'PriceVanished'],
      async handle() {},
    });

    bus.subscribe({
      name: 'a field that the event lacks',
      handles: ['OrderStatusChanged'],
      async handle({ data }) {
        // @ts-expect-error an order has no product
        data.productId;
      },
    });

    bus.subscribe({
      name: 'a field of only one of two events',
      handles: ['OrderStatusChanged', 'PriceChanged'],
      async handle({ data }) {
        // @ts-expect-error a change of price has no order
        data.orderId;
      },
    });

    bus.subscribe({
      name: 'a field that not every event has',
      handles: '*',
      async handle({ data }) {
        // @ts-expect-error not every event has a product
        data.productId;
      },
    });

    bus.subscribe({
      name: 'a change of a message',
      handles: ['PriceChanged'],
      async handle(message) {
        // @ts-expect-error messages are immutable
        message.subject = 'another';
      },
    });

    bus.subscribe({
      name: 'emits what is no event',
      handles: ['PriceChanged'],
      async handle(_message, context) {
        // @ts-expect-error there is no such event
        context.publish([{ ..._message, type: 'PriceVanished' }]);
      },
    });

    const vanished = {} as Message<'OrderVanished', object>;
    // @ts-expect-error there is no such event
    void bus.publish([vanished]);

    const illFitting = {} as Message<'CustomerRegistered', { name: string }>;
    // @ts-expect-error its data is of another shape
    void bus.publish([illFitting]);
  };

  expect(neverRun).toBeTypeOf('function');
});
