import type { CapturedEmail, CapturedPush, CapturedSms, CapturedWebhook, Outbox } from '../delivery/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { Slot } from '../operations/status/index.ts';
import type { ArchitectureName, BusName, Shop } from '../shop/index.ts';
import type { BreakableProviders } from './breakable-providers.ts';
import type { EventStreams } from './event-streams.ts';
import type { Guest } from './guest.ts';
import type { Held } from './held.ts';

/** What the captured channels have been given. A channel that really sends has none. */
export interface Outboxes {
  readonly email?: Outbox<CapturedEmail>;
  readonly sms?: Outbox<CapturedSms>;
  readonly push?: Outbox<CapturedPush>;
  readonly webhook?: Outbox<CapturedWebhook>;
}

/** What the API is the face of. */
export interface Served {
  readonly shop: Shop;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
  readonly outboxes: Outboxes;
  /** Those of the captured channels, where they may be broken by hand. Left out: none may. */
  readonly providers?: BreakableProviders;
  /** Of the links in mails that end them, the newest first. Empty: no link is honoured. */
  readonly unsubscribeSecrets: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted when the server is to stop: it is not ready for anything new then. */
  readonly stopping: AbortSignal;
  /** Pages of somebody else's. A browser that asks for nothing in particular is sent to those of the first. */
  readonly guests?: readonly Guest[];
  /** Default `all`. `health`: whether it lives and is ready, and its figures. */
  readonly offers?: 'all' | 'health';
  /** Commands are refused while more messages and deliveries than that wait to be dealt with. Left out: never. */
  readonly mostWaiting?: number;
}

/** The same, with what a running API has of its own. */
export interface Serving extends Served {
  readonly streams: EventStreams;
  readonly overTime: Held<readonly Slot[]>;
}
