import type { ShopEvents, ShopEventType } from '../events/index.ts';

/** What a rule says has happened: an event without its envelope. */
export type Fact<Type extends ShopEventType = ShopEventType> = {
  [T in Type]: { readonly type: T; readonly data: ShopEvents[T] };
}[Type];
