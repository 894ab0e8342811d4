import type { HandOverName } from '../../../src/api-driven/index.ts';
import type { Datastore } from '../../../src/datastore/index.ts';
import {
  type Message,
  type MessageOf,
  parseMessage,
  type ShopEvents,
  shopEvents,
} from '../../../src/events/index.ts';
import type { Templates } from '../../../src/notifications/index.ts';
import { DomainError, execute } from '../../../src/services/index.ts';
import type { ArchitectureName, BusName, World } from '../../../src/shop/world.ts';
import { aCustomer } from '../../support/customers.ts';
import { customers, orderIds } from './cast.ts';
import { MortalShop } from './mortal-shop.ts';
import type { Provider } from './provider.ts';
import { reportsOf } from './reports.ts';
import type { Incident, Schedule } from './schedule.ts';

export interface PlayOptions {
  architecture: ArchitectureName;
  bus: BusName;
  /** Where services call. Default: after the commit. */
  handOver?: HandOverName;
  schedule: Schedule;
  /** An empty one. */
  datastore: Datastore;
  templates: Templates;
}

/** What there is to be held against the promises. */
export interface Aftermath extends Pick<PlayOptions, 'architecture' | 'bus' | 'handOver' | 'datastore'> {
  readonly shop: Pick<MortalShop, 'history' | 'providers' | 'deaths'>;
  readonly deadMessages: number;
}

export const openingMs = Date.parse('2026-03-02T18:00:00.000Z');

/** Lets everything happen that the schedule says; then all providers are mended, and nothing waits any more. */
export async function playSchedule({ schedule, templates, ...setting }: PlayOptions): Promise<Aftermath> {
  const { datastore } = setting;
  await stock(datastore);
  const shop = new MortalShop({ ...setting, startMs: openingMs, templates });
  await untilStarted(shop);
  for (const incident of schedule) await happen(incident, shop, datastore);
  for (const provider of shop.providers) mend(provider);
  let deadMessages = 0;
  await untilDone(shop, async (world) => {
    const { crashPoint } = shop;
    await world.finish();
    await shop.callBack();
    await shop.callbacks.settle();
    const letters = await world.bus.deadLetters();
    // A process that has died in the meantime has a bus full of what it could not do.
    if (!crashPoint.isDead) deadMessages = letters.length;
    await world.close();
  });
  return { ...setting, shop, deadMessages };
}

export async function stock(datastore: Datastore): Promise<void> {
  const usd = (amount: number) => ({ amount, currency: 'USD' });
  const allSwitchedOn = { sms: true, webhook: true };
  await datastore.transaction(async ({ customers: known, products, carts }) => {
    for (const { id, email, phone, webhook, quietHours } of customers) {
      const preferences = {
        order_updates: allSwitchedOn,
        payment_alerts: allSwitchedOn,
        price_alerts: allSwitchedOn,
      };
      await known.insert(aCustomer({ id, email, phone, quietHours, addresses: { webhook }, preferences }));
      await carts.add({ customerId: id, productId: 'helmet', quantity: 1 });
    }
    await products.insert({ id: 'helmet', name: 'Helmet', price: usd(5000) });
    await products.insert({ id: 'gloves', name: 'Gloves', price: usd(2450) });
  });
}

async function happen(incident: Incident, shop: MortalShop, datastore: Datastore): Promise<void> {
  switch (incident.kind) {
    case 'command':
      return untilDone(shop, (world) => give(world, incident.command));
    case 'repetition': {
      const events = await eventsOnRecord(datastore);
      const original = events[incident.nth % Math.max(1, events.length)];
      if (original === undefined) return;
      // A price drop is known by its event: said again, it would be news.
      const isNew = incident.isNew && original.type !== 'PriceChanged';
      const event = isNew ? { ...original, id: `${original.id}-again-${incident.nth}` } : original;
      if (isNew) shop.history.note({ kind: 'said-again', event });
      // Where services call, nobody would hear of it.
      return untilDone(shop, async (world) => {
        if (world.hasBus) await world.bus.publish([event]);
      });
    }
    case 'provider': {
      const provider = shop.providers.find(({ name }) => name === incident.channel);
      if (provider !== undefined) mend(provider, incident);
      return;
    }
    case 'reports': {
      const provider = shop.providers.find(({ name }) => name === incident.channel);
      if (provider !== undefined) shop.callbacks.owe(reportsOf(incident, provider));
      return untilDone(shop, () => shop.callBack());
    }
    case 'lift':
      return untilDone(shop, async ({ datastore: { suppressions } }) => {
        for (const { address } of await suppressions.list({ limit: 100 })) await suppressions.remove(address);
      });
    case 'crash':
      shop.crashPoint.dieAfter(incident.afterSteps);
      return;
    case 'set-clock':
      shop.setClock(incident.byMs);
      return;
    case 'clock': {
      const toMs = shop.nowMs + incident.forwardMs;
      return untilDone(shop, async (world) => {
        // A process that stands still finds that time has passed while it had something in hand; so does the next, if it dies of it.
        if (incident.isStill) shop.history.note({ kind: 'stood-still' });
        else await world.architecture.settle();
        await world.advanceTo(toMs);
      });
    }
  }
}

/** From now on it has these troubles, and no others. */
export function mend(
  provider: Provider,
  { faults, troubles }: Partial<Extract<Incident, { kind: 'provider' }>> = {},
): void {
  provider.faults = faults ?? {};
  provider.machine.troubles = troubles ?? {};
}

/** Commands that the shop refuses are part of life; so is hearing that it was done before the process died. */
async function give(world: World, command: Extract<Incident, { kind: 'command' }>['command']): Promise<void> {
  try {
    await world.during(execute(world.architecture.services, command));
  } catch (thrown) {
    if (!(thrown instanceof DomainError)) throw thrown;
  }
}

async function untilDone(shop: MortalShop, work: (world: World) => Promise<void>): Promise<void> {
  while (!(await shop.survives(work))) await untilStarted(shop);
}

async function untilStarted(shop: MortalShop): Promise<void> {
  while (!(await shop.start()));
}

export async function eventsOnRecord({ eventLog }: Datastore): Promise<MessageOf<ShopEvents>[]> {
  const events: Message[] = [];
  for (const subject of [...orderIds, 'helmet']) events.push(...(await eventLog.about(subject)));
  // An architecture may keep messages of its own there.
  return events
    .filter(({ type }) => Object.hasOwn(shopEvents, type))
    .map((event) => parseMessage(shopEvents, event) as MessageOf<ShopEvents>);
}
