import { deepFreeze } from '../../kernel/index.ts';
import type { KeptState, StateReader } from '../contract.ts';
import type { StateWrite } from '../kept-states.ts';
import type { Broker } from './broker.ts';
import type { Keys } from './keys.ts';

const nothingKept: KeptState = { version: 0, value: undefined };

/**
 * What subscribers keep, always asked of the broker, since other workers change it too. Whether another has been faster is seen when
 * a handler's work is committed.
 */
export class BrokerStates implements StateReader {
  readonly #broker: Pick<Broker, 'send'>;
  readonly #keys: Keys;
  readonly isStored = true;

  constructor(broker: Pick<Broker, 'send'>, keys: Keys) {
    this.#broker = broker;
    this.#keys = keys;
  }

  load(subscriber: string, key: string): Promise<KeptState> {
    return this.find(subscriber, key);
  }

  letGo(): void {}

  /** All of it is applied when it is committed. */
  apply(_subscriber: string, _writes: readonly StateWrite[]): undefined {
    return undefined;
  }

  async find(subscriber: string, key: string): Promise<KeptState> {
    return read(await this.#broker.send<string | null>(['HGET', this.#keys.of(subscriber).states, key]));
  }

  async list(subscriber: string, { after, limit }: { readonly after?: string; readonly limit: number }) {
    const { states, stateKeys } = this.#keys.of(subscriber);
    const from = after === undefined ? '-' : `(${after}`;
    const page = ['BYLEX', 'LIMIT', '0', String(limit)];
    const names = await this.#broker.send<string[]>(['ZRANGE', stateKeys, from, '+', ...page]);
    if (names.length === 0) return [];
    const texts = await this.#broker.send<(string | null)[]>(['HMGET', states, ...names]);
    return names.map((key, index) => ({ key, ...read(texts[index] ?? null) }));
  }
}

function read(text: string | null): KeptState {
  if (text === null) return nothingKept;
  const at = text.indexOf(' ');
  return { version: Number(text.slice(0, at)), value: deepFreeze(JSON.parse(text.slice(at + 1))) };
}
