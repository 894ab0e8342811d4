import type { Decision, DeliverySettings, OutgoingMessage, Receipt } from '../../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../../events/index.ts';
import type { Command } from '../../../services/index.ts';
import type { ArchitectureName } from '../../../shop/index.ts';

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
  /** The provider has said yes to what was asked under this number. */
  | { readonly kind: 'yes'; readonly number: number; readonly receipt: Receipt }
  /** To say so when nothing goes on any more but waiting for so many answers of providers. */
  | { readonly kind: 'rest'; readonly unanswered: number }
  /** To bring everything to its end, and to end. */
  | { readonly kind: 'finish' };

/** What a shop's process says. */
export type Said =
  /** It has begun, and can be told to open. */
  | { readonly kind: 'awake' }
  /** What an earlier life left is taken up, and commands are taken. */
  | { readonly kind: 'open' }
  /** The command is carried out, or refused with this code. */
  | { readonly kind: 'done'; readonly number: number; readonly refusal: string | null }
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
  | { readonly kind: 'resting' }
  | { readonly kind: 'finished' };

export type SaidKind = Said['kind'];
