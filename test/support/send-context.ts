import type { SendContext } from '../../src/delivery/index.ts';

/** What a channel is given beside the message, where nobody gives up and waiting takes no time. */
export function sendContext(idempotencyKey: string, differences: Partial<SendContext> = {}): SendContext {
  const { signal } = new AbortController();
  return { idempotencyKey, signal, wait: async () => {}, ...differences };
}
