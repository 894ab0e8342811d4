import type { KeptDeadMessage } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { DeadLetter } from '../contract.ts';
import { letterNumber, toDeadLetter } from '../dead-letter.ts';
import { UnknownDeadLetterError, UnknownSubscriberError } from '../errors.ts';
import type { Broker } from './broker.ts';
import type { Again, Keys } from './keys.ts';
import { redriving, run } from './scripts.ts';

/** How many of the latest are listed. */
const mostListed = 1000;

type Kept = Omit<KeptDeadMessage, 'id'> & { readonly origin?: string };

export const letterOf = (number: number, json: string): DeadLetter =>
  toDeadLetter({ ...(JSON.parse(json) as Kept), id: number });

/** The dead letters that the broker has, for a person to look at and decide about. */
export class BrokerDeadLetters {
  readonly #broker: Pick<Broker, 'send'>;
  readonly #keys: Keys;
  readonly #parse: (input: unknown) => Message;

  constructor(broker: Pick<Broker, 'send'>, keys: Keys, parse: (input: unknown) => Message) {
    this.#broker = broker;
    this.#keys = keys;
    this.#parse = parse;
  }

  /** The latest, oldest first. */
  async list(): Promise<readonly DeadLetter[]> {
    const texts = await this.#broker.send<string[]>(['ZRANGE', this.#keys.dead, String(-mostListed), '-1']);
    return texts.map((text) => letterOf(...partsOf(text)));
  }

  /** Puts the message back where it failed. */
  async redrive(id: string): Promise<void> {
    const { number, json } = await this.#require(id);
    const kept = JSON.parse(json) as Kept;
    const { subscriber, message, firstFailedAtMs, origin = '0-0' } = kept;
    const again: Again = { message, attempts: 0, firstFailedAtMs, origin };
    const [stream, field, value] =
      subscriber === null
        ? [this.#keys.messages, 'm', JSON.stringify(this.#parse(JSON.parse(message)))]
        : [this.#keys.of(subscriber).again, 'r', JSON.stringify(again)];
    const keys = [this.#keys.dead, stream];
    const became = await run<number>(this.#broker, redriving, keys, [number, field, value]);
    if (became === 0) throw new UnknownDeadLetterError(id);
    if (became === -1) throw new UnknownSubscriberError(subscriber ?? '');
  }

  async discard(id: string): Promise<void> {
    const number = String(letterNumber(id) ?? 0);
    const gone = await this.#broker.send<number>(['ZREMRANGEBYSCORE', this.#keys.dead, number, number]);
    if (gone === 0) throw new UnknownDeadLetterError(id);
  }

  async #require(id: string): Promise<{ readonly number: number; readonly json: string }> {
    const number = String(letterNumber(id) ?? 0);
    const [text] = await this.#broker.send<string[]>(['ZRANGEBYSCORE', this.#keys.dead, number, number]);
    if (text === undefined) throw new UnknownDeadLetterError(id);
    const [found, json] = partsOf(text);
    return { number: found, json };
  }
}

function partsOf(text: string): [number: number, json: string] {
  const at = text.indexOf(' ');
  return [Number(text.slice(0, at)), text.slice(at + 1)];
}
