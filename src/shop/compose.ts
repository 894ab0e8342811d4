import { createApiDriven, type HandOverName } from '../api-driven/index.ts';
import type { Architecture, Interceptor } from '../architecture/index.ts';
import {
  type Broker,
  type DeadLetter,
  DurableEventBus,
  type EventBus,
  InMemoryEventBus,
  RedisEventBus,
} from '../bus/index.ts';
import { commandDrivenMessages, createCommandDriven } from '../command-driven/index.ts';
import type { Datastore } from '../datastore/index.ts';
import type { Channel, DeliveryObservers, DeliverySettings } from '../delivery/index.ts';
import { createEventSourced } from '../event-sourced/index.ts';
import { type Catalogue, type MessageOf, type ShopEvents, shopEvents } from '../events/index.ts';
import type { Clock, Ids, Logger, Random } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import { createPipeline, pipelineMessages } from '../pipeline/index.ts';
import type { AnsweringServices } from '../services/index.ts';
import type { AdminAlerts } from './admin-alerts.ts';
import { alertOf } from './alerts.ts';
import { noBus } from './no-bus.ts';

export const architectureNames = ['event-sourced', 'api-driven', 'pipeline', 'command-driven'] as const;
export type ArchitectureName = (typeof architectureNames)[number];

/** Where services call the notifier themselves, nothing flows on a bus. */
export const hasBus = (architecture: ArchitectureName = 'event-sourced'): boolean =>
  architecture !== 'api-driven';

export const busNames = ['in-memory', 'durable'] as const;
export type BusName = (typeof busNames)[number];

/** Gives back, for each part of a world, what the others are given in its place. */
export interface Interceptors {
  clock(clock: Clock): Clock;
  datastore(datastore: Datastore): Datastore;
  bus(bus: EventBus<ShopEvents>): EventBus<ShopEvents>;
  channel(channel: Channel): Channel;
  services(services: AnsweringServices): AnsweringServices;
  readonly part: Interceptor;
}

/** Stands around everything by which a process touches the world, so that it can be made to die, or to stand still, there. */
export interface ProcessInterceptor {
  clock(clock: Clock): Clock;
  datastore(datastore: Datastore): Datastore;
  bus(bus: EventBus<ShopEvents>): EventBus<ShopEvents>;
  channel(channel: Channel): Channel;
  readonly isDead: boolean;
  /** @throws what everything that a dead process asks for is answered with. */
  throwIfDead(): void;
}

/** What every architecture is put together from. */
export interface Ports extends DeliverySettings, Pick<DeliveryObservers, 'onDecision'> {
  clock: Clock;
  datastore: Datastore;
  random: Random;
  ids: Ids;
  logger: Logger;
  bus: EventBus<ShopEvents>;
  channels: readonly Channel[];
  templates?: Templates;
  /** Hears of dead letters. Left out: they are only on record. */
  alerts?: AdminAlerts;
  /** When services that call the notifier do so. Default: `after-commit`. Where they publish, it says nothing. */
  handOver?: HandOverName;
  interceptor?: Interceptor;
  /** Of the durable bus. */
  leaseMs?: number;
}

/** An architecture on ports of the caller's own, with whatever stands around its parts. */
export function composeArchitecture(
  name: ArchitectureName,
  ports: Ports,
  around?: Interceptors,
): Architecture {
  if (ports.alerts && hasBus(name)) ports.bus.subscribe(ports.alerts.subscriber());
  if (around === undefined) return architectures[name](ports);
  const architecture = architectures[name]({
    ...ports,
    clock: around.clock(ports.clock),
    datastore: around.datastore(ports.datastore),
    bus: around.bus(ports.bus),
    channels: ports.channels.map((channel) => around.channel(channel)),
    interceptor: around.part,
  });
  return { ...architecture, services: around.services(architecture.services) };
}

const architectures: Readonly<Record<ArchitectureName, (ports: Ports) => Architecture>> = {
  'event-sourced': createEventSourced,
  'api-driven': ({ alerts, ...ports }) =>
    createApiDriven({ ...ports, ...(alerts && { publish: toldOf(alerts) }) }),
  pipeline: (ports) => createPipeline({ ...ports, bus: seenWhole(ports.bus) }),
  'command-driven': (ports) => createCommandDriven({ ...ports, bus: seenWhole(ports.bus) }),
};

/** Where nothing flows, whoever is to hear of dead letters is called. */
const toldOf =
  (alerts: AdminAlerts) =>
  async (events: readonly MessageOf<ShopEvents, 'DeadLetterAdded'>[]): Promise<void> => {
    for (const event of events) await alerts.tell(event);
  };

/** All that may flow on the bus of each, and stand in its log. */
export const catalogues: Readonly<Record<ArchitectureName, Catalogue>> = {
  'event-sourced': shopEvents,
  'api-driven': shopEvents,
  pipeline: pipelineMessages,
  'command-driven': commandDrivenMessages,
};

const inProcess = { 'in-memory': InMemoryEventBus, durable: DurableEventBus } as const;

/**
 * A bus for one architecture, at a broker where there is one; a message that it gives up is announced on it. Where nothing flows, one that refuses
 * whoever subscribes or publishes.
 * @param around what everybody is given in place of it, those too whom it tells of what it gives up. Default: itself.
 */
export function createBus(
  name: BusName,
  { broker, ...ports }: Omit<Ports, 'bus' | 'channels'> & { readonly broker?: Broker },
  architecture: ArchitectureName,
  around: (bus: EventBus<ShopEvents>) => EventBus<ShopEvents> = (bus) => bus,
): EventBus<ShopEvents> {
  if (!hasBus(architecture)) return noBus(architecture);
  const onDeadLetter = async (letter: DeadLetter): Promise<void> => {
    const alert = alertOf(letter, ports);
    if (alert === undefined) return;
    // What is published on a bus that reads the log is on record.
    if (!bus.capabilities.outbox) await ports.datastore.eventLog.append([alert]);
    await bus.publish([alert]);
  };
  const options = { catalogue: catalogues[architecture], ...ports, onDeadLetter };
  const own = broker ? new RedisEventBus({ ...options, broker }) : new inProcess[name](options);
  // Seen by those who know nothing but the shop's events.
  const bus = around(own as unknown as EventBus<ShopEvents>);
  return bus;
}

/** The same bus, seen by those who know all of its catalogue. */
const seenWhole = <Map extends ShopEvents>(bus: EventBus<ShopEvents>): EventBus<Map> =>
  bus as unknown as EventBus<Map>;
