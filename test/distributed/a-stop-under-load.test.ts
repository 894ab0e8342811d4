import { expect, onTestFinished, test } from 'vitest';
import { captureEmail } from '../../src/delivery/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { createShop, type Shop } from '../../src/shop/index.ts';
import { aPlace } from '../support/a-datastore.ts';
import { eventually } from './deployment.ts';

/** What a process has in hand takes less, on the busiest machine; what waits in the log takes longer. */
const promptMs = 5000;

test.each(['event-sourced', 'command-driven', 'pipeline'] as const)(
  'a worker that is told to stop ends at once, though an api goes on publishing (%s): the next one tells the rest, once',
  async (architecture) => {
    const place = await aPlace();
    const clock = systemClock();
    const outboxes: (() => string[])[] = [];
    async function open(part: 'works' | 'stands-by'): Promise<Shop> {
      const email = captureEmail({ clock });
      outboxes.push(() => email.outbox.all().map(({ to }) => to));
      const shop = await createShop({ channels: [email], data: place, clock, part, architecture });
      onTestFinished(() => shop.close());
      await shop.start();
      return shop;
    }
    const told = (): string[] => outboxes.flatMap((all) => all());
    const api = await open('stands-by');
    const worker = await open('works');
    const registered: string[] = [];
    let isOver = false;
    const line = async (name: string): Promise<void> => {
      for (let nr = 0; !isOver; nr++) {
        const customerId = `${name}-${nr}`;
        await api.services.accounts.registerCustomer({
          customerId,
          name: customerId,
          email: `${customerId}@example.com`,
          segment: 'gold',
          locale: 'en-GB',
          timeZone: 'Europe/London',
        });
        registered.push(`${customerId}@example.com`);
      }
    };
    const lines = Promise.all(Array.from({ length: 32 }, (_, nr) => line(`customer-${nr}`)));
    await eventually('customers are told', () => told().length > 100);

    const startMs = performance.now();
    await worker.close();
    const tookMs = performance.now() - startMs;
    const toldBefore = told().length;
    isOver = true;
    await lines;

    expect(tookMs).toBeLessThan(promptMs);
    expect(registered.length).toBeGreaterThan(toldBefore);
    await open('works');
    await eventually('all are told', () => new Set(told()).size === registered.length);
    expect(told().sort()).toEqual([...registered].sort());
  },
);
