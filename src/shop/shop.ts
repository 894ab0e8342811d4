import type { HandOverName } from '../api-driven/index.ts';
import type { Architecture } from '../architecture/index.ts';
import type { EventBus } from '../bus/index.ts';
import { type Datastore, openDatastoreAt } from '../datastore/index.ts';
import {
  type Channel,
  createReceipts,
  type DeliveryObservers,
  type DeliverySettings,
  type Receipts,
  refuseDoubles,
} from '../delivery/index.ts';
import type { ShopEvents } from '../events/index.ts';
import {
  type Clock,
  createIds,
  type Logger,
  type Random,
  systemClock,
  systemRandom,
} from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import type { Telemetry } from '../telemetry/index.ts';
import { type Admin, AdminAlerts } from './admin-alerts.ts';
import { claimed } from './claimed-datastore.ts';
import { type ArchitectureName, type BusName, composeArchitecture, createBus, hasBus } from './compose.ts';
import { tellingOfDefects } from './defects.ts';
import { standingBy } from './standing-by.ts';

export interface ShopOptions extends DeliverySettings, Pick<DeliveryObservers, 'onDecision'> {
  /** Where messages go; each `name` once. What no channel carries is not sent. */
  channels: readonly Channel[];
  /**
   * What outlives the process: a SQLite file, made if there is none, or a database of PostgreSQL's as
   * `postgres://user@host:5432/database`. Left out: memory.
   */
  data?: string;
  /** Default: `event-sourced`. */
  architecture?: ArchitectureName;
  /** Default: `durable`, so that with `data` nothing is lost when the process dies. */
  bus?: BusName;
  /** How services hand over to the notifier in `api-driven`, and nowhere else. Default: as documented there. */
  handOver?: HandOverName;
  /**
   * Default `works`. `stands-by`: it only publishes and enters, and leaves all that is to be consumed and sent to other workers on
   * the same database, whether there are any or not.
   */
  part?: 'works' | 'stands-by';
  /** How long a worker that says nothing keeps what it has in hand, milliseconds, on the durable bus. Default 30,000. */
  leaseMs?: number;
  /** Who is told of dead letters. Left out: nobody; they are in `npm run dead-letters -- list` all the same. */
  admin?: Admin;
  /** Default: the machine's. */
  clock?: Clock;
  /** Of ids and jitter. Default: the operating system's. */
  random?: Random;
  /** Default: the shop's own, read anew. */
  templates?: Templates;
  /** Default: tells of nothing but defects in code, on stderr. `createLogger('warn')` writes JSON lines there. */
  logger?: Logger;
  /** Where spans of all that it does go: see `openTelemetry`. The caller's, who closes it behind the shop. Left out: nothing is recorded. */
  telemetry?: Telemetry;
}

/** A shop that runs in real time. Its timers do not keep a process alive that has nothing else to do. */
export interface Shop extends Pick<Architecture, 'services' | 'settle' | 'send' | 'redrive'> {
  /** Whoever wants to hear of everything subscribes before `start`. */
  readonly bus: EventBus<ShopEvents>;
  readonly datastore: Datastore;
  /** As given. */
  readonly part: 'works' | 'stands-by';
  /** The names of those on which it sends. */
  readonly channels: readonly string[];
  /** For what providers report of messages that they took: whoever serves their callbacks gives it to this. */
  readonly receipts: Receipts;
  /** As given: whoever serves it says there for which request a command is given. */
  readonly telemetry?: Telemetry | undefined;
  /** Begins to notify, and takes up what an earlier process left. Commands may be given when it has resolved. */
  start(): Promise<void>;
  /**
   * Finishes what is in hand; what waits for a later time stays in the datastore, for the next start.
   * @param last done when that is finished, while the datastore is still open.
   */
  close(last?: () => Promise<void>): Promise<void>;
}

/**
 * Composes a shop on one architecture, for real use; `createWorld` is its double in virtual time.
 * @throws {AppError} two of `channels` have one name, or one is written for by no template.
 * @throws {InputError} `data` cannot be opened, or is no shop's.
 * @throws {AlreadyConsumedError} another process runs on `data`.
 */
export async function createShop(options: ShopOptions): Promise<Shop> {
  const { data, channels, part = 'works' } = options;
  refuseDoubles(channels);
  const opened = await openDatastoreAt(data);
  try {
    const datastore = await claimed(opened);
    return composeShop(options, part === 'works' ? datastore : standingBy(datastore));
  } catch (thrown) {
    await opened.close();
    throw thrown;
  }
}

function composeShop(options: ShopOptions, datastore: Datastore): Shop {
  const { architecture: name = 'event-sourced', bus: busName = 'durable' } = options;
  const clock = options.clock ?? systemClock();
  const random = options.random ?? systemRandom();
  const ids = createIds(clock, random);
  const logger = options.logger ?? tellingOfDefects((line) => void process.stderr.write(line));
  const alerts = options.admin && new AdminAlerts({ ...options.admin, clock, logger });
  const ports = { ...options, clock, random, ids, datastore, logger, ...(alerts && { alerts }) };
  // Where nothing flows, nothing is to be read from the log either.
  const around = options.telemetry?.around({ clock, hasBus: hasBus(name) });
  const bus = createBus(hasBus(name) ? busName : 'in-memory', ports, name, around?.bus);
  // Whoever subscribes has the same bus as its architecture.
  const { services, ...architecture } = composeArchitecture(
    name,
    { ...ports, bus },
    around && { ...around, bus: (same) => same },
  );
  const receipts = createReceipts({ clock, datastore, logger });
  return {
    services,
    bus,
    datastore,
    part: options.part ?? 'works',
    channels: options.channels.map(({ name: channel }) => channel),
    receipts: around?.receipts(receipts, datastore) ?? receipts,
    telemetry: options.telemetry,
    start: () => architecture.start(),
    settle: () => architecture.settle(),
    send: (text) => around?.during('send own-text', () => architecture.send(text)) ?? architecture.send(text),
    redrive: (delivery) => architecture.redrive(delivery),
    async close(last) {
      try {
        // Of what is in memory nothing is left for anybody.
        if (options.data === undefined) await bus.settle();
        await architecture.stop();
        await last?.();
      } finally {
        await bus.close();
        await alerts?.close();
        await datastore.close();
      }
    },
  };
}
