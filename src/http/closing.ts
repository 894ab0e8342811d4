import { limitAfterStop } from '../shop/index.ts';
import type { Listening } from './server.ts';

export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Takes nothing new, and answers what is in hand; what is open after a while is cut off. @param signal has been aborted */
export async function closeListening(listening: Listening, signal: AbortSignal): Promise<void> {
  try {
    await limitAfterStop(signal)(listening.close());
  } finally {
    listening.cutOff();
  }
}
