import { AppError } from '../../kernel/index.ts';

/** A provider did not answer; whether it has done what it was asked for, nobody knows. */
export class NoAnswerError extends AppError {
  readonly code = 'no_answer';

  constructor(who: string) {
    super({ message: `${who} did not answer`, help: 'Ask what became of it before trying anew.' });
  }
}

export type PaymentStatus = 'authorised' | 'captured' | 'voided' | 'refunded';

/** A payment provider: of what is asked under one key, it does one thing once. */
export interface Gateway {
  /** @throws {NoAnswerError} */
  authorise(
    key: string,
    payment: { readonly amount: number; readonly card: string; wait(ms: number): Promise<void> },
  ): Promise<'authorised' | 'declined'>;
  find(key: string): Promise<PaymentStatus | 'none'>;
  capture(key: string, amount: number): Promise<void>;
  /** Says how much was held until then: nothing, where it is captured or was never asked for. */
  void(key: string): Promise<number>;
  /** Says how much went back. */
  refund(key: string): Promise<number>;
}

const silenceMs = 5000;

export interface Payment {
  readonly status: PaymentStatus;
  readonly amount: number;
}

/**
 * A simulated provider. The card `declined` is declined; for `silent` it holds the money and says nothing; every other
 * one is good.
 */
export class SimulatedGateway implements Gateway {
  readonly payments: Map<string, Payment>;

  /** @param payments What it knows already. Where that is kept is the caller's affair. */
  constructor(payments = new Map<string, Payment>()) {
    this.payments = payments;
  }

  async authorise(
    key: string,
    { amount, card, wait }: Parameters<Gateway['authorise']>[1],
  ): Promise<'authorised' | 'declined'> {
    const known = this.payments.get(key);
    // One that was voided before it was asked for is not held any more.
    if (card === 'declined' || known?.status === 'voided') return 'declined';
    if (known === undefined) this.payments.set(key, { status: 'authorised', amount });
    if (card !== 'silent') return 'authorised';
    await wait(silenceMs);
    throw new NoAnswerError('the payment provider');
  }

  async find(key: string): Promise<PaymentStatus | 'none'> {
    return this.payments.get(key)?.status ?? 'none';
  }

  async capture(key: string, amount: number): Promise<void> {
    const payment = this.#of(key, amount);
    if (payment.status === 'authorised') this.#note(key, payment, 'captured');
  }

  async void(key: string): Promise<number> {
    const payment = this.#of(key, 0);
    const wasHeld = payment.status === 'authorised' || payment.status === 'voided';
    if (wasHeld) this.#note(key, payment, 'voided');
    return wasHeld ? payment.amount : 0;
  }

  async refund(key: string): Promise<number> {
    const payment = this.#of(key, 0);
    const wasTaken = payment.status === 'captured' || payment.status === 'refunded';
    if (wasTaken) this.#note(key, payment, 'refunded');
    return wasTaken ? payment.amount : 0;
  }

  /** One that has forgotten it takes the word of whoever asks. */
  #of(key: string, amount: number): Payment {
    const known = this.payments.get(key);
    if (known !== undefined) return known;
    const payment: Payment = { status: 'authorised', amount };
    this.payments.set(key, payment);
    return payment;
  }

  #note(key: string, { status: before, amount }: Payment, status: PaymentStatus): void {
    if (status !== before) this.payments.set(key, { status, amount });
  }
}
