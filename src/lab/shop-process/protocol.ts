import type { LedgerCounts } from '../../datastore/index.ts';
import type { Decision, DeliverySettings, Faults, OutgoingMessage, Receipt } from '../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../events/index.ts';
import type { Command } from '../../services/index.ts';
import type { ArchitectureName, BreakerChange } from '../../shop/index.ts';

/** How a shop's process begins. All of it is plain data, since it goes from one process to another. */
export interface ShopSetup {
  /** Of the datastore; one that is new is stocked with the sample shop. */
  readonly file: string;
  readonly architecture: ArchitectureName;
  /** What its clock says: milliseconds since the epoch. */
  readonly startMs: number;
  /** Of the ids: no two lives on one file may have the same. */
  readonly seed: number;
  readonly delivery?: DeliverySettings;
  /** What goes wrong in front of which channel's provider. Left out: nothing. */
  readonly faults?: Readonly<Record<string, Faults>>;
}

/** What a shop's process is told from outside. */
export type Told =
  | ({ readonly kind: 'open' } & ShopSetup)
  | {
      readonly kind: 'command';
      /** The answer names it. */
      readonly number: number;
      readonly command: Command;
      /** The clock moves to this time first. */
      readonly atMs?: number;
      /** The process stops dead when the next transaction is committed, so that it can be killed there. */
      readonly stopsAfterCommit?: boolean;
    }
  /** The clock moves to this time, and all that becomes due on the way is done. */
  | { readonly kind: 'advance'; readonly atMs: number }
  /** From now on this goes wrong in front of the channel's provider, which has not heard of it then. */
  | { readonly kind: 'break'; readonly channel: string; readonly faults: Faults }
  /** These messages come on the bus, as if from outside. */
  | { readonly kind: 'publish'; readonly messages: readonly MessageOf<ShopEvents>[] }
  /** Every dead letter is to be sent on its way again. */
  | { readonly kind: 'redrive' }
  /** The provider has said yes to what was asked under this number. */
  | { readonly kind: 'yes'; readonly number: number; readonly receipt: Receipt }
  /** The provider has taken what was asked under this number, and its yes is lost. */
  | { readonly kind: 'silence'; readonly number: number }
  /** To say so when nothing goes on any more but waiting for time. */
  | { readonly kind: 'rest' }
  /** To bring everything to its end, and to end. */
  | { readonly kind: 'finish' };

/** What a shop's process says. */
export type Said =
  /** It has begun, and can be told to open. */
  | { readonly kind: 'awake' }
  /** What an earlier life left is taken up, and commands are taken. */
  | { readonly kind: 'open' }
  /** The command is carried out, or refused with this code; its caller has waited so long, on the clock of the shop. */
  | {
      readonly kind: 'done';
      readonly number: number;
      readonly refusal: string | null;
      readonly waitedMs: number;
    }
  /** The clock was moved. */
  | { readonly kind: 'advanced' }
  /** A provider's circuit breaker has changed. */
  | { readonly kind: 'breaker'; readonly change: BreakerChange }
  /** A message for a provider, and the key under which it is to be sent once. */
  | {
      readonly kind: 'ask';
      readonly number: number;
      readonly channel: string;
      readonly key: string;
      readonly message: OutgoingMessage;
    }
  /** A verdict, which is on record. */
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'event'; readonly atMs: number; readonly event: MessageOf<ShopEvents> }
  /** It stands still where it was told to, and does nothing any more. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'resting'; readonly counts: LedgerCounts }
  | { readonly kind: 'finished' };

export type SaidKind = Said['kind'];
