import { describe, expect, test } from 'vitest';
import { AlreadyConsumedError, openDatastore } from '../../../src/datastore/index.ts';
import { ChannelError } from '../../../src/delivery/index.ts';
import { deadLetterStore } from '../../../src/operations/dead-letters/dead-letter-store.ts';
import type { Outcome } from '../../../src/operations/dead-letters/outcome.ts';
import { choose, redriveLetters } from '../../../src/operations/dead-letters/redrive.ts';
import { rejectionOf } from '../../support/rejection.ts';
import {
  adasLetter,
  deadLetters,
  devsLetter,
  idsIn,
  keepShop,
  placed,
  ship,
  shopWithDeadLetters,
} from './a-kept-shop.ts';

describe('a delivery whose provider is well again', () => {
  test('is sent, and what the customer got is shown as the demo does', async () => {
    const file = await shopWithDeadLetters();

    const { code, stdout } = await deadLetters(file, 'redrive', adasLetter);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        [
          '^order-shipped:ord-1001:ada:email',
          '  10:00  ◷ ada   email redriven: sent on its way again by a person',
          '         ✓ ada   email Your order ord-1001 is on its way',
          '           │ Hello Ada Byrne,',
        ].join('\n'),
      ),
    );
    expect(stdout).toContain('1 re-driven: 1 sent\n');
    expect(await idsIn(file)).toEqual([devsLetter, 'message-1']);
  });

  test('is skipped, and says so, when what it says is no longer so', async () => {
    const file = await keepShop(
      async (world) => {
        await ship('ord-1001')(world);
        await world.finish();
        await world.architecture.services.ordering.deliverOrder({ orderId: 'ord-1001' });
      },
      { faults: { email: { failureRate: 1 } } },
    );

    const { stdout } = await deadLetters(file, 'redrive', adasLetter);

    expect(stdout).toContain('overtaken: what it says was no longer so\n');
    expect(stdout).toContain('1 re-driven: 1 skipped\n');
    expect(await idsIn(file)).not.toContain(adasLetter);
  });

  test('goes on from the time at which the shop stopped', async () => {
    const file = await shopWithDeadLetters();
    const datastore = openDatastore({ file });
    const stoppedMs = await datastore.statistics.latestMs();

    await deadLetters(file, 'redrive', adasLetter);

    const [entry] = await datastore.ledger.find('id', 'order-shipped:ord-1001:ada');
    const email = entry?.deliveries.find(({ channel }) => channel === 'email');
    expect(email).toMatchObject({ status: 'sent', settledAtMs: stoppedMs });
    await datastore.close();
  });

  test('waits for the end of quiet hours like any other; what else is due by then is done too', async () => {
    const file = await keepShop(
      async ({ advanceTo, finish, architecture, providers }) => {
        await architecture.services.ordering.shipOrder({ orderId: 'ord-1008' });
        await finish();
        // Clara sleeps from ten at night in Berlin. By then Ben’s mail waits for its second attempt.
        await advanceTo(Date.parse('2026-03-02T21:30:00Z'));
        const email = providers.get('email');
        if (email !== undefined) email.faults = { failureRate: 1 };
        await architecture.services.ordering.shipOrder({ orderId: 'ord-1002' });
      },
      { faults: { sms: { failureRate: 1 } }, untilDone: false },
    );

    const { code, stdout } = await deadLetters(file, 'redrive', 'order-shipped:ord-1008');

    expect(code).toBe(0);
    expect(stdout).toContain('quiet_hours');
    expect(stdout).toContain('✓ clara sms ');
    // Ben’s mail and his SMS.
    expect(stdout).toContain('Other deliveries that were due and came to their end: 2.');
    expect(stdout).toContain("The shop's time went from 2026-03-02 21:30:00 to 2026-03-03 06:00:00 UTC.");
  });
});

test('a delivery to an address that is suppressed by now is skipped, and says why', async () => {
  const file = await keepShop(ship('ord-1001'), {
    faults: { sms: { blockedRecipients: ['+447700900001'] } },
  });

  const { code, stdout } = await deadLetters(file, 'redrive', 'order-shipped:ord-1001:ada:sms');

  expect(code).toBe(1);
  expect(stdout).toContain('– ada   sms   suppressed: the address bounced');
  expect(stdout).toContain('1 re-driven: 1 skipped\n');
  expect(stdout).toContain(
    '  Not sent, since the address is suppressed: 1.\n  `npm run suppressions -- list` says why',
  );
});

describe('a provider that is still down', () => {
  const busy = {
    name: 'email',
    templates: 'email',
    send: () => Promise.reject(new ChannelError('transient', { message: 'still down' })),
  };

  test('makes the delivery a dead letter again, after all its attempts', async () => {
    const file = await shopWithDeadLetters();
    const datastore = openDatastore({ file });
    const outcomes: Outcome[] = [];
    const chosen = await choose(deadLetterStore(datastore).all());

    await redriveLetters({
      datastore,
      chosen: { ...chosen, ids: [adasLetter] },
      channels: [busy],
      onOutcomes: (some) => outcomes.push(...some),
    });

    expect(outcomes).toMatchObject([
      { kind: 'dead', reason: 'attempts_exhausted', error: 'still down', newId: adasLetter },
    ]);
    expect(outcomes[0]?.deliveries).toMatchObject([{ status: 'dead_lettered', attempts: 8 }]);
    await datastore.close();
    expect(await idsIn(file)).toEqual([devsLetter, 'message-1', adasLetter]);
  });
});

describe('a dead message', () => {
  test('whose cause is not mended is dead again, under a new id', async () => {
    const file = await shopWithDeadLetters();

    const { code, stdout } = await deadLetters(file, 'redrive', 'message-1');

    expect(code).toBe(1);
    expect(stdout).toContain(
      'message-1\n  OrderStatusChanged for notification-service\n' +
        '  ✗ dead again as message-2, unknown_order: there is no order "ord-9999"\n',
    );
    expect(stdout).toContain('1 re-driven: 1 dead again\n');
    expect(await idsIn(file)).toContain('message-2');
  });

  test('whose cause is mended is handled, and what follows from it is shown', async () => {
    const file = await shopWithDeadLetters();
    await bringOrder(file);

    const { code, stdout } = await deadLetters(file, 'redrive', 'message-1');

    expect(code).toBe(0);
    expect(stdout).toContain('✓ gina  email Your order ord-9999 is confirmed');
    expect(stdout).toContain('✓ gina  sms ');
    expect(stdout).toContain('  ✓ handled\n');
    expect(await idsIn(file)).toEqual([adasLetter, devsLetter]);
  });

  test('as data, it names the deliveries that it has led to', async () => {
    const file = await shopWithDeadLetters();
    await bringOrder(file);

    const { stdout } = await deadLetters(file, 'redrive', 'message-1', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      letters: [
        {
          id: 'message-1',
          outcome: 'handled',
          deliveries: [
            { id: 'order-confirmed:ord-9999:gina:email', status: 'sent' },
            { id: 'order-confirmed:ord-9999:gina:sms', status: 'sent' },
          ],
        },
      ],
      others: 0,
      wasStopped: false,
    });
  });

  test.each(['api-driven', 'command-driven'])(
    'for a subscriber that does not run on %s is refused, with all that were named beside it',
    async (architecture) => {
      const file = await shopWithDeadLetters();

      const refused = await rejectionOf(() =>
        deadLetters(file, 'redrive', adasLetter, 'message-1', '--architecture', architecture),
      );

      expect(refused).toMatchObject({
        name: 'InputError',
        message: `a dead message is for "notification-service", and nobody of the kind runs in ${architecture}`,
      });
      expect(await idsIn(file)).toEqual([adasLetter, devsLetter, 'message-1']);
    },
  );

  test('that fits no schema stays where it is', async () => {
    const file = await keepShop(async (world) => {
      const order = placed(world, 'ord-1001');
      await world.bus.publish([{ ...order, data: { ...order.data, status: 'lost' as never } }]);
    });

    const { code, stdout } = await deadLetters(file, 'redrive', 'message-1');

    expect(code).toBe(1);
    expect(stdout).toContain('✗ dead again, invalid_message: OrderStatusChanged version 2 does not fit');
    expect(await idsIn(file)).toEqual(['message-1']);
  });
});

describe('all at once', () => {
  test('each letter is re-driven once, also one that dies again', async () => {
    const file = await shopWithDeadLetters();

    const { code, stdout } = await deadLetters(file, 'redrive', '--all');

    expect(code).toBe(1);
    expect(stdout).toContain('3 re-driven: 2 sent, 1 dead again\n');
    expect(await idsIn(file)).toEqual(['message-2']);
  });

  test('where there are many, each has a line', async () => {
    const file = await keepShop(
      async ({ architecture: { services } }) => {
        for (let index = 1; index <= 12; index++) {
          await services.ordering.placeOrder({
            orderId: `new-${index}`,
            customerId: 'dev',
            lineItems: [{ lineItemId: '1', productId: 'gloves', quantity: 1 }],
          });
        }
      },
      { faults: { email: { failureRate: 1 } } },
    );

    const { stdout } = await deadLetters(file, 'redrive', '--all');

    const lines = stdout.split('\n');
    expect(lines.filter((line) => /^ {2}✓ order-confirmed:new-\d+:dev:email sent$/.test(line))).toHaveLength(
      12,
    );
    expect(lines).toContain('12 re-driven: 12 sent');
  });

  test('where there is none, nothing happens', async () => {
    const file = await keepShop(ship('ord-1001'));

    expect(await deadLetters(file, 'redrive', '--all')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing was re-driven\n'),
    });
  });
});

test.each(['event-sourced', 'api-driven', 'command-driven'] as const)(
  'a delivery is re-driven on %s, whichever architecture has requested it',
  async (architecture) => {
    const file = await keepShop(ship('ord-1001'), { architecture, faults: { email: { failureRate: 1 } } });

    const { code, stdout } = await deadLetters(file, 'redrive', adasLetter, '--architecture', architecture);

    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 re-driven: 1 sent'),
    });
  },
);

test('a shop that is running keeps its letters to itself', async () => {
  const file = await shopWithDeadLetters();
  const running = openDatastore({ file });
  await running.claimConsumption();

  expect(await rejectionOf(() => deadLetters(file, 'redrive', adasLetter))).toBeInstanceOf(
    AlreadyConsumedError,
  );
  await running.close();
  expect(await idsIn(file)).toContain(adasLetter);
});

test('a stop leaves the letters that were not re-driven yet as they are', async () => {
  const file = await shopWithDeadLetters();
  const datastore = openDatastore({ file });
  const chosen = await choose(deadLetterStore(datastore).all());

  const report = await redriveLetters({ datastore, chosen, signal: AbortSignal.abort() });

  expect(report.wasStopped).toBe(true);
  await datastore.close();
  expect(await idsIn(file)).toHaveLength(3);
});

/** The order that was unknown is there now. */
async function bringOrder(file: string): Promise<void> {
  const datastore = openDatastore({ file });
  await datastore.orders.insert({
    id: 'ord-9999',
    customerId: 'gina',
    status: 'placed',
    lineItems: [
      {
        id: 'ord-9999-1',
        productId: 'gloves',
        quantity: 1,
        unitPrice: { amount: 2450, currency: 'USD' },
        status: 'pending',
        trackingNumber: null,
      },
    ],
  });
  await datastore.close();
}
