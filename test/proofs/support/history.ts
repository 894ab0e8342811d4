import type { DeliveryReceipt, DeliveryRecord, NotificationRecord } from '../../../src/datastore/index.ts';
import type { ReportedReceipt } from '../../../src/delivery/index.ts';
import type { Message } from '../../../src/events/index.ts';

/** When something happened: by its place among everything else, by the time that has passed, and by the wall. */
export interface Moment {
  readonly seq: number;
  /** No setting of the clock changes it, and it goes on when a process ends. */
  readonly steadyMs: number;
  readonly wallMs: number;
  /** Of which process. */
  readonly life: number;
}

/** What is known to have happened, by what was committed, logged or done to the shop. */
export type Fact =
  | { readonly kind: 'event'; readonly event: Message }
  /** Something that had happened before, under an id of its own. */
  | { readonly kind: 'said-again'; readonly event: Message }
  | {
      readonly kind: 'cart';
      readonly customerId: string;
      readonly productId: string;
      readonly isIn: boolean;
    }
  | { readonly kind: 'opened'; readonly notification: NotificationRecord; readonly channel: string }
  /** Its time has come, and somebody has it in hand. */
  | { readonly kind: 'taken-up'; readonly key: string }
  /** It was handed to somebody who never sent it, and is due again. */
  | { readonly kind: 'lost'; readonly key: string }
  | { readonly kind: 'recorded'; readonly delivery: DeliveryRecord }
  | {
      readonly kind: 'breaker';
      readonly channel: string;
      /** Undefined: the channel's provider. */
      readonly endpoint: string | undefined;
      readonly state: string;
    }
  /** A provider has heard that the shop has its report. */
  | { readonly kind: 'reported'; readonly report: ReportedReceipt }
  /** The first of its kind is on record. */
  | { readonly kind: 'receipt'; readonly receipt: DeliveryReceipt }
  | { readonly kind: 'suppressed'; readonly address: string }
  | { readonly kind: 'lifted'; readonly address: string }
  /** This process has the lease from now on, until that moment of the time that has passed, or until it is renewed. */
  | { readonly kind: 'leased'; readonly token: number; readonly untilMs: number }
  | { readonly kind: 'renewed'; readonly token: number; readonly untilMs: number }
  | { readonly kind: 'given-back'; readonly token: number }
  /** What became of messages is on record. */
  | { readonly kind: 'consumed' }
  /** It has left the process, and is on its way to the provider. */
  | { readonly kind: 'departed'; readonly key: string }
  | { readonly kind: 'death' }
  /** Somebody has set the clock on the wall. */
  | { readonly kind: 'set' }
  /** Time passes while the process does nothing, whatever it has to do. */
  | { readonly kind: 'stood-still' };

export type Entry = Moment & Fact;
export type Entries<Kind extends Fact['kind']> = readonly (Moment & Extract<Fact, { kind: Kind }>)[];

/** Everything in the order in which it happened, whatever the clocks say. */
export class History {
  readonly entries: Entry[] = [];
  readonly #now: () => Omit<Moment, 'seq'>;
  #seq = 0;

  constructor(now: () => Omit<Moment, 'seq'>) {
    this.#now = now;
  }

  moment(): Moment {
    return { seq: ++this.#seq, ...this.#now() };
  }

  note(fact: Fact): void {
    this.entries.push({ ...this.moment(), ...fact });
  }

  of<Kind extends Fact['kind']>(kind: Kind): Entries<Kind> {
    return this.entries.filter((entry) => entry.kind === kind) as unknown as Entries<Kind>;
  }
}

export const keyOf = ({ notificationId, channel }: Pick<DeliveryRecord, 'notificationId' | 'channel'>) =>
  `${notificationId}:${channel}`;
