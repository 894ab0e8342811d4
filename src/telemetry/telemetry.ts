import { AsyncLocalStorage } from 'node:async_hooks';
import type { Interceptor } from '../architecture/index.ts';
import type { EventBus } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import type { Channel, DeliveryService, Receipts } from '../delivery/index.ts';
import type { ShopEvents } from '../events/index.ts';
import { type Clock, type Random, systemRandom } from '../kernel/index.ts';
import type { AnsweringServices } from '../services/index.ts';
import { tracedBus } from './bus.ts';
import { Commands, type HttpRequest } from './commands.ts';
import { tracedDatastore } from './datastore.ts';
import { Deliveries } from './deliveries.ts';
import type { LostSpans } from './lost-spans.ts';
import { newIds } from './new-ids.ts';
import { Scopes } from './scope.ts';
import type { SpanSink } from './span.ts';

/** What stands around the parts of a shop, so that spans are made of what they do. */
export interface Around {
  clock(clock: Clock): Clock;
  datastore(datastore: Datastore): Datastore;
  bus(bus: EventBus<ShopEvents>): EventBus<ShopEvents>;
  channel(channel: Channel): Channel;
  services(services: AnsweringServices): AnsweringServices;
  readonly part: Interceptor;
  receipts(receipts: Receipts, datastore: Datastore): Receipts;
  /** Around what is asked of the shop beside its services. */
  during<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Spans from a command to the provider's receipt. Nothing that goes wrong here disturbs a shop. */
export interface Telemetry {
  /** For one shop. `hasBus`: whether what it puts on record flows on a bus. */
  around(shop: { readonly clock: Clock; readonly hasBus: boolean }): Around;
  /** What is done within `work` was asked for by this request. */
  underHttp<T>(request: HttpRequest, work: () => T): T;
  /** How many spans were lost, since it was opened: they do not come again. */
  lostSpans(): LostSpans;
  /** Sends what is finished. Resolves when it is sent, or was lost. */
  flush(): Promise<void>;
  /** Sends what is finished, for so long as a collector may take, and takes nothing more. Whoever opened it closes it, after the shop. */
  close(): Promise<void>;
}

export function createTelemetry(sink: SpanSink, random: Random = systemRandom()): Telemetry {
  const ids = newIds(random);
  const scopes = new Scopes();
  // Requests come before anybody knows which shop they are for.
  const requests = new AsyncLocalStorage<HttpRequest>();
  return {
    underHttp: (request, work) => requests.run(request, work),
    lostSpans: () => sink.lost(),
    flush: () => sink.flush(),
    async close() {
      try {
        await sink.close();
      } finally {
        scopes.stop();
        requests.disable();
      }
    },
    around({ clock, hasBus }) {
      const options = { clock, sink, ids, scopes };
      const commands = new Commands(options, requests);
      const deliveries = new Deliveries(options, commands);
      return {
        clock: (same) => same,
        datastore: (datastore) => tracedDatastore(datastore, { ...options, isPublished: hasBus }),
        bus: (bus) => (hasBus ? tracedBus(bus, options) : bus),
        channel: (channel) => deliveries.channel(channel),
        services: (services) => commands.around(services),
        part: (name, part) =>
          name === 'delivery'
            ? (deliveries.service(part as unknown as DeliveryService) as typeof part)
            : part,
        receipts: (receipts, datastore) => deliveries.receipts(receipts, datastore),
        during: (name, work) => commands.during(name, {}, work, true),
      };
    },
  };
}
