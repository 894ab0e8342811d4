import { type EventBus, InMemoryEventBus } from '../bus/index.ts';
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
  type Decision,
  type Outbox,
} from '../delivery/index.ts';
import { createEventSourced } from '../event-sourced/index.ts';
import { type ShopEvents, shopEvents } from '../events/index.ts';
import { createIds, type Ids, type Logger, seededRandom, VirtualClock } from '../kernel/index.ts';
import type { Architecture } from '../services/index.ts';

export const architectureNames = ['event-sourced'] as const;
export type ArchitectureName = (typeof architectureNames)[number];

export const busNames = ['in-memory'] as const;
export type BusName = (typeof busNames)[number];

export interface WorldOptions {
  /** What the clock says at the beginning: milliseconds since the epoch. */
  startMs: number;
  /** Default: `event-sourced`. */
  architecture?: ArchitectureName;
  /** Default: `in-memory`. */
  bus?: BusName;
  /** The caller's, who closes it. Left out: memory of this world's own. */
  datastore?: Datastore;
  /** Of the ids. Default 1: the same world again gives the same bytes. */
  seed?: number;
  /** Beside email, sms, push and webhook. */
  channels?: readonly Channel[];
  onDecision?: (decision: Decision) => void;
  logger?: Logger;
}

/** The shop on one architecture, in virtual time, with channels that capture what they are given. */
export interface World {
  readonly architecture: Architecture;
  readonly clock: VirtualClock;
  readonly datastore: Datastore;
  readonly bus: EventBus<ShopEvents>;
  /** Of messages. */
  readonly ids: Ids;
  readonly outboxes: {
    readonly email: Outbox<CapturedEmail>;
    readonly sms: Outbox<CapturedSms>;
    readonly push: Outbox<CapturedPush>;
    readonly webhook: Outbox<CapturedWebhook>;
  };
  /** Moves the clock, doing on the way what becomes due. */
  advanceTo(atMs: number): Promise<void>;
  /** Moves the clock until nothing waits any more. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Builds one world; the caller starts its architecture and closes it. */
export function createWorld(options: WorldOptions): World {
  const clock = new VirtualClock(options.startMs);
  const datastore = options.datastore ?? openDatastore();
  const bus = new InMemoryEventBus({ catalogue: shopEvents, clock, ...logging(options) });
  const ids = createIds(clock, seededRandom(options.seed ?? 1));
  const email = captureEmail({ clock });
  const sms = captureSms();
  const push = capturePush();
  const webhook = captureWebhook({ clock });
  const architecture = createEventSourced({
    clock,
    ids,
    datastore,
    bus,
    channels: [email, sms, push, webhook, ...(options.channels ?? [])],
    ...(options.onDecision && { onDecision: options.onDecision }),
    ...logging(options),
  });
  const settle = (): Promise<void> => architecture.settle();
  return {
    architecture,
    clock,
    datastore,
    bus,
    ids,
    outboxes: { email: email.outbox, sms: sms.outbox, push: push.outbox, webhook: webhook.outbox },
    advanceTo: (atMs) => clock.advanceTo(atMs, settle),
    async finish() {
      await settle();
      for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs()) {
        await clock.advanceTo(dueMs, settle);
      }
    },
    async close() {
      await architecture.stop();
      await bus.close();
      if (options.datastore === undefined) await datastore.close();
    },
  };
}

const logging = ({ logger }: WorldOptions): { logger?: Logger } => (logger === undefined ? {} : { logger });
