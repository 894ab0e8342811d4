import type { MessageMap, MessageOf } from './message.ts';

/** Where messages are handed in: all that whoever publishes knows of a bus. */
export interface Publisher<Map extends MessageMap> {
  /**
   * Takes the messages, in order, for every subscriber. Resolves when they are accepted, not when they
   * are handled; no subscriber's failure reaches the publisher.
   */
  publish(messages: readonly MessageOf<Map>[]): Promise<void>;
}
