import type { LimitAfterStop } from '../shop/index.ts';
import type { Listening } from './server.ts';

export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Takes nothing new, and answers what is in hand; what is open after a while is cut off. */
export async function closeListening(listening: Listening, inTime: LimitAfterStop): Promise<void> {
  try {
    await inTime(listening.close());
  } finally {
    listening.cutOff();
  }
}
