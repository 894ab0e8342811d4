import type { Datastore } from '../../../src/datastore/index.ts';
import type { Templates } from '../../../src/notifications/index.ts';
import type { Command } from '../../../src/services/index.ts';
import { customers, lineItemsPerOrder } from '../support/cast.ts';
import { type Aftermath, mend, openingMs, stock } from '../support/play-schedule.ts';
import { Client } from './client.ts';
import type { Incident, Schedule } from './schedule.ts';
import { SharedShop, type SharedShopOptions } from './shared-shop.ts';

export interface PlayTogetherOptions extends Pick<SharedShopOptions, 'handOver' | 'onStep'> {
  architecture: Aftermath['architecture'];
  bus: Aftermath['bus'];
  schedule: Schedule;
  /** An empty one. */
  datastore: Datastore;
  templates: Templates;
  /** Puts something between each worker and the datastore. */
  alter?: (datastore: Datastore) => Datastore;
}

export interface SharedAftermath extends Aftermath {
  readonly shop: SharedShop;
  /** How many deliveries had not come to their end when all was over for whoever was there. */
  readonly leftByOne: number;
}

/** Lets everything happen that the schedule says; then whatever is wrong is mended, but for the worker that stays away. */
export async function playTogether(options: PlayTogetherOptions): Promise<SharedAftermath> {
  const { schedule, datastore, alter = (given) => given, architecture, bus, handOver } = options;
  await stock(datastore);
  const shop = new SharedShop({
    ...options,
    datastore: alter(datastore),
    seed: schedule.seed,
    startMs: openingMs,
  });
  const client = new Client(shop, datastore);
  shop.start(0);
  shop.start(1);
  await shop.goOn();
  for (const { incident, steps } of schedule.moments) {
    shop.say(wordsFor(incident));
    await happen(incident, shop, client);
    await shop.goOn(steps);
  }
  await untilOver(shop, client, schedule.ending);
  const leftByOne = (await datastore.ledger.counts()).pending;
  shop.wake(0);
  shop.wake(1);
  await shop.finish();
  const deadMessages = (await datastore.consumption.deadMessages(1000)).length;
  shop.stop();
  return { architecture, bus, ...(handOver && { handOver }), datastore, shop, deadMessages, leftByOne };
}

/** Who is there brings everything to its end, once it is asked for anything. */
async function untilOver(shop: SharedShop, client: Client, ending: Schedule['ending']): Promise<void> {
  for (const provider of shop.providers) mend(provider);
  shop.mend();
  for (const place of [0, 1] as const) {
    shop.at(place)?.turns.forget();
    const isAway = ending.kind !== 'both' && ending.who === place;
    if (!isAway) shop.wake(place);
    else if (ending.kind === 'one-is-dead') shop.giveUp(place);
    else {
      const worker = shop.at(place);
      if (worker !== undefined) shop.standStill(worker, Number.POSITIVE_INFINITY);
    }
  }
  await shop.finish();
  client.command(0, lastOrder);
  await shop.finish();
}

/** Life goes on. */
const lastOrder: Command = {
  service: 'ordering',
  command: 'placeOrder',
  data: {
    orderId: 'order-9',
    customerId: customers[0].id,
    lineItems: Array.from({ length: lineItemsPerOrder }, (_, index) => {
      return { lineItemId: `order-9-${index + 1}`, productId: 'gloves', quantity: 1 };
    }),
  },
};

async function happen(incident: Incident, shop: SharedShop, client: Client): Promise<void> {
  switch (incident.kind) {
    case 'command':
      return client.command(incident.to, incident.command);
    case 'repetition':
      return client.repeat(incident.to, incident.nth);
    case 'provider': {
      const provider = shop.providers.find(({ name }) => name === incident.channel);
      if (provider !== undefined) mend(provider, { ...incident, kind: 'provider' });
      return;
    }
    case 'stands-still': {
      const worker = shop.whoIs(incident.who);
      worker?.turns.when(incident.at, () => shop.standStill(worker, incident.forMs));
      return;
    }
    case 'dies': {
      const worker = shop.whoIs(incident.who);
      worker?.turns.when(incident.at, () => shop.kill(worker, incident.downMs));
      return;
    }
    case 'closes': {
      const worker = shop.at(incident.who);
      if (worker !== undefined && !worker.turns.isStill) shop.close(worker, incident.downMs);
      return;
    }
    case 'busy':
      for (const place of incident.who) shop.beBusy(place, incident.forMs);
      return;
    case 'set-clock':
      return shop.setClock(incident.who, incident.byMs);
    case 'time':
      return shop.pass(incident.forMs);
  }
}

export function wordsFor(incident: Incident): string {
  const { kind, ...rest } = incident;
  if (incident.kind !== 'command') return `${kind} ${JSON.stringify(rest)}`;
  const { service, command, data } = incident.command;
  return `worker ${incident.to} is asked for ${service}.${command} ${JSON.stringify(data)}`;
}
