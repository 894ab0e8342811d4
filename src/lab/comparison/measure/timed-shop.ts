import { setTimeout as pause } from 'node:timers/promises';
import type { Architecture } from '../../../architecture/index.ts';
import type { Datastore } from '../../../datastore/index.ts';
import { type Channel, captureEmail, captureSms } from '../../../delivery/index.ts';
import { createIds, seededRandom, silentLogger, systemClock } from '../../../kernel/index.ts';
import { composeArchitecture, createBus } from '../../../shop/index.ts';
import { inMemory, type NewPlace, type Place } from './places.ts';
import { orderId, stockOrders } from './stocked-orders.ts';
import { optionsOf, type Variant } from './variants.ts';

const lookAgainMs = 5;

/** What a steady load took, in milliseconds: each time, unsorted. */
export interface Latencies {
  readonly handOverMs: readonly number[];
  readonly callerMs: readonly number[];
}

/**
 * A shop that runs by the clock on the wall, with orders to ship. Decision: what takes time is measured by the clock on
 * the wall, with a provider that really waits, since virtual time only moves where somebody waits on it, and would find
 * all code to be free. The datastore is in memory, for the durable bus too, unless it is on a server: what is compared is
 * the architectures, not disks.
 */
export class TimedShop {
  /** What one order that ships leads to. */
  static readonly deliveriesPerOrder = 2;
  readonly #architecture: Architecture;
  readonly #datastore: Datastore;
  readonly #place: Place;
  readonly #closeBus: () => Promise<void>;
  /** Of the orders that are shipped now and counted, when. */
  readonly #givenMs = new Map<string, number>();
  #handOverMs: number[] = [];
  #providerMs = 0;
  #shipped = 0;

  private constructor(variant: Variant, datastore: Datastore, place: Place) {
    const clock = systemClock();
    const random = seededRandom(1);
    const ports = { clock, random, datastore, ids: createIds(clock, random), logger: silentLogger };
    const { bus: busName = 'in-memory', handOver } = optionsOf(variant);
    const bus = createBus(busName, ports, variant.architecture);
    const channels = [captureEmail({ clock }), captureSms()].map((channel) => this.#timed(channel));
    this.#datastore = datastore;
    this.#place = place;
    this.#closeBus = () => bus.close();
    this.#architecture = composeArchitecture(variant.architecture, {
      ...ports,
      bus,
      channels,
      ...(handOver && { handOver }),
    });
  }

  /** @param orders how many can be shipped in all. */
  static async open(variant: Variant, orders: number, newPlace: NewPlace = inMemory): Promise<TimedShop> {
    const place = await newPlace();
    const datastore = await place.open();
    await stockOrders(datastore, orders);
    const shop = new TimedShop(variant, datastore, place);
    await shop.#architecture.start();
    return shop;
  }

  /** Ships orders at a steady pace, whether or not anybody is done with those before. */
  async shipSteadily(
    orders: number,
    pace: { readonly atOnce: number; readonly everyMs: number; readonly providerMs: number },
  ): Promise<Latencies> {
    this.#providerMs = pace.providerMs;
    this.#handOverMs = [];
    this.#givenMs.clear();
    const callerMs: number[] = [];
    const given: Promise<void>[] = [];
    for (const [index, id] of this.#next(orders).entries()) {
      if (index % pace.atOnce === 0) await pause(pace.everyMs);
      const startedMs = performance.now();
      this.#givenMs.set(id, startedMs);
      given.push(this.#ship(id).then(() => void callerMs.push(performance.now() - startedMs)));
    }
    await Promise.all(given);
    while ((await this.#sent()) < TimedShop.deliveriesPerOrder * this.#shipped) await pause(lookAgainMs);
    return { handOverMs: this.#handOverMs, callerMs };
  }

  /** Ships orders as fast as it goes, with a provider that takes no time. @returns deliveries a second */
  async shipAll(orders: number, inFlight: number): Promise<number> {
    this.#providerMs = 0;
    this.#givenMs.clear();
    const ids = this.#next(orders);
    const before = await this.#sent();
    const startedMs = performance.now();
    for (let first = 0; first < orders; first += inFlight)
      await Promise.all(ids.slice(first, first + inFlight).map((id) => this.#ship(id)));
    await this.#architecture.settle();
    const tookMs = performance.now() - startedMs;
    return (((await this.#sent()) - before) / tookMs) * 1000;
  }

  async close(): Promise<void> {
    await this.#architecture.stop();
    await this.#closeBus();
    await this.#datastore.close();
    await this.#place.remove();
  }

  #next(orders: number): string[] {
    return Array.from({ length: orders }, () => orderId(this.#shipped++));
  }

  async #ship(id: string): Promise<void> {
    await this.#architecture.services.ordering.shipOrder({ orderId: id });
  }

  async #sent(): Promise<number> {
    return (await this.#datastore.ledger.counts()).sent;
  }

  #timed(channel: Channel): Channel {
    return {
      ...channel,
      send: async (message, context) => {
        // order-shipped:ord-17:cust-17:email
        const givenMs = this.#givenMs.get(context.idempotencyKey.split(':')[1] ?? '');
        if (givenMs !== undefined) this.#handOverMs.push(performance.now() - givenMs);
        if (this.#providerMs > 0) await pause(this.#providerMs);
        return channel.send(message, context);
      },
    };
  }
}
