import { type Channel, captureEmail, capturePush, captureSms, captureWebhook } from '../delivery/index.ts';
import type { Clock } from '../kernel/index.ts';

/** Channels that there is a double of. */
export const captureNames = ['email', 'sms', 'push', 'webhook'] as const;

/** Those that are to be captured, but for those that really send. */
export function capturedChannels(
  names: readonly (typeof captureNames)[number][],
  real: readonly Channel[],
  { clock, unsubscribeSecret }: { clock: Clock; unsubscribeSecret: string | undefined },
): readonly Channel[] {
  const make = {
    email: () => captureEmail({ clock, ...(unsubscribeSecret !== undefined && { unsubscribeSecret }) }),
    sms: () => captureSms(),
    push: () => capturePush(),
    webhook: () => captureWebhook({ clock }),
  };
  const taken = new Set(real.map(({ name }) => name));
  return [...new Set(names)].filter((name) => !taken.has(name)).map((name) => make[name]());
}
