import {
  type Channel,
  captureEmail,
  captureSms,
  type OutgoingMessage,
  type Receipt,
} from '../../../delivery/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import type { Letterboxes } from '../../../shop/index.ts';
import { Provider, type Taken } from './provider.ts';

/** A provider that keeps what it is given, so that it can be shown. */
export class CapturingProvider {
  /** What it got. */
  readonly outboxes: Letterboxes['outboxes'];
  readonly #provider: Provider;
  readonly #channels: Readonly<Record<string, Channel>>;

  constructor({ clock, journalFile }: { clock: Clock; journalFile: string }) {
    const [email, sms] = [captureEmail({ clock }), captureSms()];
    this.#provider = new Provider(journalFile);
    this.#channels = { email, sms };
    this.outboxes = { email: email.outbox, sms: sms.outbox };
  }

  /** See {@link Provider.take}. */
  async take(taken: Taken, channel: string, message: OutgoingMessage): Promise<Receipt> {
    const receipt = this.#provider.take(taken);
    const { signal } = new AbortController();
    const context = { idempotencyKey: taken.key, signal, wait: async () => {} };
    await this.#channels[channel]?.send(message, context);
    return receipt;
  }

  /** See {@link Provider.journal}. */
  journal(): readonly Taken[] {
    return this.#provider.journal();
  }
}
