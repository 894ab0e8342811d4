import type { Random } from '../../kernel/index.ts';
import { priorities } from './notification-request.ts';
import type { RequestEntry } from './request-entry.ts';

export interface LoadOptions {
  count: number;
  random: Random;
  users: readonly string[];
  channels: readonly string[];
}

const texts = [
  'Your order has shipped!',
  'Your parcel arrives tomorrow between 9 and 12.',
  'Your payment did not go through; please try another card.',
  'The helmet in your cart is back in stock.',
  'Thank you for riding with us – here is 10 % off your next order.',
];

/** Requests that are all valid; the same seed makes the same ones. */
export function* generateLoad({ count, random, users, channels }: LoadOptions): Generator<RequestEntry> {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random.next() * choices.length)] as T;
  for (let number = 1; number <= count; number++) {
    const chosen = channels.filter(() => random.next() < 0.5);
    const request = {
      userId: pick(users),
      channels: chosen.length > 0 ? chosen : [pick(channels)],
      message: pick(texts),
      priority: pick(priorities),
    };
    yield { place: `#${number}`, share: number / count, request };
  }
}
