import { expect, it, test } from 'vitest';
import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import {
  type Channel,
  ChannelError,
  DeliveryService,
  type DeliveryServiceOptions,
  type DueDelivery,
} from '../../src/delivery/index.ts';
import {
  type Clock,
  defaultRetryPolicy,
  intercept,
  seededRandom,
  VirtualClock,
} from '../../src/kernel/index.ts';
import { Pause } from '../../src/lab/faults/index.ts';
import { closedGate } from '../support/bus.ts';
import { type MoodyChannel, moodyChannel, patientChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { aRequest, hourMs, minuteMs, noonMs, secondMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

const leaseMs = 30 * secondMs;

interface Worker {
  readonly delivery: DeliveryService;
  readonly pause: Pause;
  readonly logged: readonly string[];
}

/** Workers on one datastore, by one clock, with one provider of texts. */
async function workplace(provider: Channel, options: Partial<DeliveryServiceOptions> = {}) {
  const clock = new VirtualClock(noonMs);
  const datastore = openDatastore();
  await datastore.customers.insert(aCustomer({ quietHours: atNight }));
  const workers: Worker[] = [];
  const settle = async (): Promise<void> => {
    for (const { delivery, pause } of workers) if (!pause.isPaused) await delivery.settle();
  };
  return {
    clock,
    datastore,
    settle,
    async open(alter: (datastore: Datastore) => Datastore = (given) => given): Promise<Worker> {
      const pause = new Pause();
      const own: Clock = pause.clock(clock);
      const logger = recordingLogger();
      const delivery = new DeliveryService({
        random: seededRandom(1),
        retry: defaultRetryPolicy,
        ...options,
        clock: own,
        datastore: pause.datastore(alter(datastore)),
        logger,
        channels: [pause.channel(provider)],
      });
      const worker = { delivery, pause, logged: logger.lines };
      workers.push(worker);
      await delivery.start();
      return worker;
    },
    async advanceTo(atMs: number): Promise<void> {
      await settle();
      await clock.advanceTo(atMs, settle);
      await settle();
    },
  };
}

const keysOf = (abouts: readonly string[]): string[] =>
  abouts.map((about) => `order-shipped:${about}:kim:sms`);

test('a second worker that starts takes nothing away from the first, and sends nothing twice', async () => {
  const sms = patientChannel('sms', 20 * secondMs);
  const { open, advanceTo, datastore } = await workplace(sms);
  const first = await open();
  void first.delivery.request(aRequest());
  await advanceTo(noonMs + secondMs);

  await open();
  await advanceTo(noonMs + 5 * minuteMs);

  expect(sms.asked).toEqual(keysOf(['order-1']));
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
  expect(await datastore.ledger.verdicts(['order-shipped:order-1:kim'])).toEqual([]);
});

it('what the second is asked for is sent by the first, once', async () => {
  const sms = moodyChannel('sms');
  const { open, settle, datastore } = await workplace(sms);
  await open();
  const second = await open();

  await second.delivery.request(aRequest());
  await settle();
  await settle();

  expect(sms.taken).toEqual(keysOf(['order-1']));
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
});

it('what the second would hand over to somebody is left for the first, too', async () => {
  const sms = moodyChannel('sms');
  const { open, settle } = await workplace(sms);
  await open();
  const second = await open();

  expect(await second.delivery.enter(aRequest())).toEqual([]);
  await settle();
  await settle();

  expect(sms.taken).toEqual(keysOf(['order-1']));
});

it('when the first stops, the second goes on at once with what waits and what was left', async () => {
  const sms = patientChannel('sms', 20 * secondMs);
  const { open, settle, advanceTo, clock } = await workplace(sms);
  const first = await open();
  await open();
  void first.delivery.request(aRequest());
  await settle();

  await first.delivery.stop();
  await advanceTo(noonMs + 20 * secondMs);

  expect(clock.now()).toBe(noonMs + 20 * secondMs);
  // Once by each: the provider was asked, and nobody heard what it said.
  expect(sms.asked).toEqual(keysOf(['order-1', 'order-1']));
  expect(sms.taken).toEqual(keysOf(['order-1']));
});

it('a worker that is paused keeps what it has in hand until its lease has run out, and not longer', async () => {
  const sms = moodyChannel('sms');
  const { open, settle, advanceTo, datastore } = await workplace(sms);
  const first = await open();
  await open();
  await first.delivery.enter(aRequest());
  await settle();

  first.pause.begin();
  await advanceTo(noonMs + leaseMs - 1);
  expect(sms.taken).toEqual([]);
  await advanceTo(noonMs + leaseMs);

  expect(sms.taken).toEqual(keysOf(['order-1']));
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
});

it('when it is back it is told, sends nothing of that, writes nothing, and works on as one that stands by', async () => {
  const sms: MoodyChannel = moodyChannel('sms');
  const { open, settle, advanceTo, datastore } = await workplace(sms);
  const first = await open();
  await open();
  const [delivery = expect.fail('it is new')] = await first.delivery.enter(aRequest());
  await settle();
  first.pause.begin();
  await advanceTo(noonMs + minuteMs);
  const [entry] = await datastore.ledger.find('id', delivery.notificationId);

  first.pause.end();
  await first.delivery.send({ notification: aRequest(), delivery });
  await first.delivery.request(aRequest({ about: 'order-2' }));
  await advanceTo(noonMs + 2 * minuteMs);

  expect(sms.taken).toEqual(keysOf(['order-1', 'order-2']));
  expect((await datastore.ledger.find('id', delivery.notificationId))[0]).toEqual(entry);
  expect(first.logged.join('\n')).toContain('the lease is lost: another worker has what was in hand');
});

it('an answer that comes to it then is not put on record by it', async () => {
  const sms = patientChannel('sms', 10 * secondMs);
  const { open, settle, advanceTo, datastore } = await workplace(sms);
  const first = await open();
  await open();
  void first.delivery.request(aRequest());
  await settle();
  first.pause.begin();
  await advanceTo(noonMs + leaseMs + secondMs);
  expect(sms.asked).toHaveLength(2);

  first.pause.end();
  await settle();
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 0, pending: 1 });
  await advanceTo(noonMs + leaseMs + 10 * secondMs);

  expect(await datastore.ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
  // Twice at the provider, under one key: that it was in hand when its worker stopped is the declared window.
  expect(sms.asked).toEqual(keysOf(['order-1', 'order-1']));
});

it('a worker that works on renews its lease, however long that takes', async () => {
  const sms = patientChannel('sms', 25 * secondMs);
  const { open, advanceTo, datastore } = await workplace(sms, { ratePerSecond: 0.05 });
  const first = await open();
  await open();
  for (let order = 1; order <= 8; order++) void first.delivery.request(aRequest({ about: `order-${order}` }));

  await advanceTo(noonMs + 10 * minuteMs);

  expect(sms.asked).toHaveLength(8);
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 8, pending: 0 });
  expect(await datastore.ledger.verdicts(keysOf(['order-1']))).toEqual([]);
});

it('nobody keeps the clock busy when nothing is to be done', async () => {
  const { open, advanceTo, clock } = await workplace(moodyChannel('sms'));
  const first = await open();
  await open();
  await first.delivery.request(aRequest());

  await advanceTo(noonMs + 2 * minuteMs);

  expect(clock.nextDueMs()).toBeUndefined();
});

it('who stood still between taking the lease and taking up what waits has lost it, and works on all the same', async () => {
  const sms = moodyChannel('sms');
  const { open, settle, advanceTo } = await workplace(sms);
  const first = await open();
  const gate = closedGate();
  const second = await open((datastore) =>
    intercept(datastore, {
      within: (name, store) =>
        name !== 'ledger'
          ? store
          : intercept(store, {
              around(method, call) {
                if (method !== 'resumeOrphaned') return call();
                second.pause.begin();
                return gate.opened.then(call);
              },
            }),
    }),
  );
  await open();
  await first.delivery.stop();
  await until(() => second.pause.isPaused);
  await advanceTo(noonMs + leaseMs + secondMs);

  second.pause.end();
  const asked = second.delivery.request(aRequest());
  gate.open();
  await asked;
  await settle();
  await settle();

  expect(sms.taken).toEqual(keysOf(['order-1']));
});

it('what is asked for while a worker takes over is not taken for left over, whichever write comes first', async () => {
  const sms = patientChannel('sms', 20 * secondMs);
  const { open, advanceTo, datastore } = await workplace(sms);
  const gate = closedGate();
  let isTakingOver = false;
  const first = await open();
  const second = await open((given) =>
    intercept(given, {
      instead: {
        ledger: intercept(given.ledger, {
          instead: {
            async resumeOrphaned(...taken) {
              isTakingOver = true;
              await gate.opened;
              return given.ledger.resumeOrphaned(...taken);
            },
          },
        }),
      },
    }),
  );
  await first.delivery.stop();
  await until(() => isTakingOver);

  await second.delivery.request(aRequest());
  gate.open();
  await advanceTo(noonMs + minuteMs);

  expect(sms.asked).toEqual(keysOf(['order-1']));
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
});

it('what was given to others to send does not keep the lease when it is lost', async () => {
  const given: DueDelivery[] = [];
  const sms = moodyChannel('sms', new ChannelError('transient', { message: 'down' }));
  const { open, advanceTo, clock } = await workplace(sms, {
    onDue: async (due) => {
      given.push(due);
      // The first time it gets lost on its way.
      if (given.length > 1) void second.delivery.send(due);
    },
  });
  const first = await open();
  const second = await open();
  await first.delivery.request(aRequest());
  sms.mood = undefined;
  await advanceTo(noonMs + 5 * secondMs);
  expect(given).toHaveLength(1);

  first.pause.begin();
  await advanceTo(noonMs + 2 * minuteMs);
  first.pause.end();
  await advanceTo(noonMs + hourMs);

  expect(sms.taken).toEqual(keysOf(['order-1']));
  expect(clock.nextDueMs()).toBeUndefined();
});
