import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { Receipt } from '../../../delivery/index.ts';

/** A message that a provider has taken. */
export interface Taken {
  /** Which life of the shop's process had asked: the first is 1. */
  readonly life: number;
  /** The idempotency key. */
  readonly key: string;
}

/**
 * A provider, which outlives the shop that asks it. It writes each key into a journal of its own before it says
 * yes, so that what it has taken is known from there, whatever the shop believes.
 */
export class Provider {
  readonly #file: string;
  readonly #receipts = new Map<string, Receipt>();

  /** @param file of the journal, which is begun anew. */
  constructor(file: string) {
    this.#file = file;
    writeFileSync(file, '');
  }

  /** Takes a message. One that comes again under the same key gets the same receipt, and is in the journal again. */
  take(taken: Taken): Receipt {
    appendFileSync(this.#file, `${JSON.stringify(taken)}\n`);
    const receipt = this.#receipts.get(taken.key) ?? { id: `provider-${this.#receipts.size + 1}` };
    this.#receipts.set(taken.key, receipt);
    return receipt;
  }

  /** As it stands in the file, oldest first. */
  journal(): readonly Taken[] {
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Taken);
  }
}
