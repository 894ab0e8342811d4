import type { HandOverName } from '../api-driven/index.ts';
import type { Architecture } from '../architecture/index.ts';
import type { Broker, EventBus } from '../bus/index.ts';
import { type Datastore, openDatastore } from '../datastore/index.ts';
import {
  type CapturedEmail,
  type CapturedPush,
  type CapturedSms,
  type CapturedWebhook,
  type Channel,
  captureEmail,
  capturePush,
  captureSms,
  captureWebhook,
  createReceipts,
  type DeliveryObservers,
  type DeliverySettings,
  type Faults,
  FaultyChannel,
  type Outbox,
  refuseDoubles,
  type TakenReceipt,
} from '../delivery/index.ts';
import type { ShopEvents } from '../events/index.ts';
import { createIds, type Ids, type Logger, seededRandom, VirtualClock } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import { type Admin, AdminAlerts } from './admin-alerts.ts';
import { type BreakerChange, heedBreakers } from './breaker-changes.ts';
import {
  type ArchitectureName,
  type BusName,
  composeArchitecture,
  createBus,
  hasBus,
  type Interceptors,
  type ProcessInterceptor,
} from './compose.ts';
import { tellingOfDefects } from './defects.ts';
import { takingReports } from './taking-reports.ts';
import { watchDatastore } from './watched-datastore.ts';

export {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  hasBus,
  type Interceptors,
  type ProcessInterceptor,
} from './compose.ts';

export interface WorldOptions extends Pick<DeliveryObservers, 'onDecision'> {
  /** What the clock says at the beginning: milliseconds since the epoch. */
  startMs: number;
  /** Of several worlds that share a datastore. Left out: its own, which begins at `startMs`. */
  clock?: VirtualClock;
  /** Default: `event-sourced`. */
  architecture?: ArchitectureName;
  /** Default: `in-memory`. */
  bus?: BusName;
  /** In place of that: the bus is there. The caller's, who closes it. */
  broker?: Broker;
  /** When services that call the notifier do so. Default: `after-commit`. Where they publish, it says nothing. */
  handOver?: HandOverName;
  /** The caller's, who closes it. Left out: memory of this world's own. */
  datastore?: Datastore;
  /** Of all randomness. Default 1: the same world again gives the same bytes. */
  seed?: number;
  /** Beside email, sms, push and webhook, or in place of one of that name; one with faults of its own keeps them. */
  channels?: readonly Channel[];
  /** What goes wrong at which provider. Default: nothing. */
  faults?: Readonly<Record<string, Faults>>;
  /** How deliveries behave when a provider fails. Default: as documented there. */
  delivery?: DeliverySettings;
  /** Default: the shop's own, read anew. */
  templates?: Templates;
  /** Default: says nothing, but on stderr which line of a channel's or a subscriber's own code fails. */
  logger?: Logger;
  /** Who is told of dead letters. Left out: nobody. */
  admin?: Admin;
  /** Told of each receipt that a provider has reported. */
  onReceipt?: (taken: TakenReceipt) => void;
  /** Told of each change of a provider's circuit breaker. */
  onBreaker?: (change: BreakerChange) => void;
  /** What can end or halt the process that this world is; the datastore and the providers outlive it. Left out: it lives. */
  process?: ProcessInterceptor;
  /** What stands around its parts, to watch them. Left out: nothing. */
  interceptors?: Interceptors;
}

/**
 * The shop on one architecture, in virtual time, with channels that capture what they are given. Once its datastore
 * was unavailable to anybody, whatever moves its clock rejects, and so does `close`, so that nobody takes what was
 * not kept for done.
 */
export interface World {
  readonly architecture: Architecture;
  readonly clock: VirtualClock;
  readonly datastore: Datastore;
  /**
   * Where `hasBus` is false, services call the notifier themselves: `subscribe` and `publish` throw there, since
   * nobody would hear of anything.
   */
  readonly bus: EventBus<ShopEvents>;
  /** Whether anything flows on the bus in this architecture. */
  readonly hasBus: boolean;
  /** Of messages. */
  readonly ids: Ids;
  readonly outboxes: {
    readonly email: Outbox<CapturedEmail>;
    readonly sms: Outbox<CapturedSms>;
    readonly push: Outbox<CapturedPush>;
    readonly webhook: Outbox<CapturedWebhook>;
  };
  /** By the name of the channel: its faults can be changed while it runs. */
  readonly providers: ReadonlyMap<string, FaultyChannel>;
  /** Does something that may have to wait for a provider, and moves the clock as far as only time is missing. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Moves the clock, doing on the way what becomes due. */
  advanceTo(atMs: number): Promise<void>;
  /** Moves the clock until nothing waits any more. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** So many turns of the event loop are enough for any command that waits for no provider, but for what its datastore takes. */
const turnsOfWork = 32;

/**
 * Builds one world; the caller starts its architecture and closes it.
 * @throws {AppError} two of `channels` have one name, or one is written for by no template.
 */
export function createWorld(options: WorldOptions): World {
  const { startMs, seed = 1, faults = {}, onBreaker, process, interceptors } = options;
  const { clock = new VirtualClock(startMs) } = options;
  const ownLogger = options.logger ?? tellingOfDefects((line) => void globalThis.process.stderr.write(line));
  const logger = onBreaker ? heedBreakers(ownLogger, clock, onBreaker) : ownLogger;
  const { datastore, asked, throwIfUnavailable } = watchDatastore(options.datastore ?? openDatastore());
  const ids = createIds(clock, seededRandom(seed));
  // Of its own, so that a fault does not change the ids of what follows.
  const random = seededRandom(seed + 1_000_003);
  const ports = {
    clock: process?.clock(clock) ?? clock,
    datastore: process?.datastore(datastore) ?? datastore,
    random,
    logger,
  };
  const chosen = options.architecture ?? 'event-sourced';
  const ownBus = createBus(
    options.bus ?? 'in-memory',
    { ...ports, ids, ...(options.broker && { broker: options.broker }) },
    chosen,
  );
  const bus = process?.bus(ownBus) ?? ownBus;
  const captured = {
    email: captureEmail({ clock }),
    sms: captureSms(),
    push: capturePush(),
    webhook: captureWebhook({ clock }),
  };
  refuseDoubles(options.channels ?? []);
  const reports = takingReports(createReceipts(ports), options.onReceipt);
  const providers = new Map<string, FaultyChannel>();
  for (const channel of [...Object.values(captured), ...(options.channels ?? [])]) {
    const { name } = channel;
    const provider =
      channel instanceof FaultyChannel
        ? channel
        : new FaultyChannel(channel, { clock, random, faults: faults[name] ?? {}, onReport: reports.take });
    providers.set(name, provider);
  }
  const alerts = options.admin && new AdminAlerts({ ...options.admin, clock, logger });
  const composed = {
    ...ports,
    ...(alerts && { alerts }),
    ...options.delivery,
    ids,
    bus,
    channels: [...providers.values()].map((channel) => process?.channel(channel) ?? channel),
    ...(options.onDecision && { onDecision: options.onDecision }),
    ...(options.handOver && { handOver: options.handOver }),
    ...(options.templates && { templates: options.templates }),
  };
  const architecture = composeArchitecture(chosen, composed, interceptors);
  const settle = async (): Promise<void> => {
    // The clock of a dead process stands still: what it would try again and again never comes to an end.
    process?.throwIfDead();
    await architecture.settle();
    await reports.settle();
    throwIfUnavailable();
  };

  async function advanceToNext(): Promise<boolean> {
    const dueMs = clock.nextDueMs();
    if (dueMs !== undefined) await clock.advanceTo(dueMs, settle);
    return dueMs !== undefined;
  }

  return {
    architecture,
    clock,
    datastore,
    bus,
    hasBus: hasBus(chosen),
    ids,
    outboxes: {
      email: captured.email.outbox,
      sms: captured.sms.outbox,
      push: captured.push.outbox,
      webhook: captured.webhook.outbox,
    },
    providers,
    async during(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      const isTimeMissing = (): boolean => [...providers.values()].some(({ waiting }) => waiting > 0);
      done.catch(() => {});
      while (!isDone && process?.isDead !== true) {
        if (isTimeMissing()) await Promise.race([done.catch(() => {}), settle()]);
        // A provider may keep somebody else waiting: whoever does not wait for it is done by then.
        for (let turn = 0; turn < turnsOfWork && !isDone; turn++) await asked.idle();
        // What could not be kept may be what the work waits for.
        if (!isDone) throwIfUnavailable();
        if (!isDone && isTimeMissing()) await advanceToNext();
      }
      return done;
    },
    async advanceTo(atMs) {
      await clock.advanceTo(atMs, settle);
      throwIfUnavailable();
    },
    async finish() {
      await settle();
      while (await advanceToNext());
    },
    async close() {
      try {
        await architecture.stop();
      } finally {
        await bus.close();
        await alerts?.close();
        if (options.datastore === undefined) await datastore.close();
      }
      throwIfUnavailable();
    },
  };
}
