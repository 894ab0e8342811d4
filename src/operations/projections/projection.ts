import type { MessageOf, ShopEvents, ShopEventType } from '../../events/index.ts';

/** What a projection keeps, by key. Values are JSON: what is read can be changed without harm, and set again. */
export interface Rows<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** State that is made of events alone, and can be made again at any time. */
export interface Projection<Value = unknown, Type extends ShopEventType = ShopEventType> {
  /** A persistent id: what it keeps is kept under it. */
  readonly name: string;
  /** In a few words, for people. */
  readonly words: string;
  /** A whole number from 1. Grows with each change after which the log has to be read anew. */
  readonly version: number;
  readonly handles: readonly Type[];
  /**
   * What `event` does to the rows. Called once for each event of the log, in its order, with nothing but what it is
   * given: no clock, no other store. When it throws, the rows stay as they were before the event, and this
   * projection stops there.
   */
  project(event: MessageOf<ShopEvents, Type>, rows: Rows<Value>): void | Promise<void>;
}

/** Any projection, whatever it keeps. */
// biome-ignore lint/suspicious/noExplicitAny: of any values and any events.
export type AnyProjection = Projection<any, any>;

/** @throws {TypeError} when its version is no whole number from 1. */
export function defineProjection<Value, const Type extends ShopEventType>(
  projection: Projection<Value, Type>,
): Projection<Value, Type> {
  if (!Number.isSafeInteger(projection.version) || projection.version < 1) {
    throw new TypeError(
      `${projection.name} has version ${projection.version}: it must be a whole number from 1`,
    );
  }
  return projection;
}
