import { type CapturedEmail, type Channel, captureEmail } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';

/** A provider of mails that sends once for a key, however often it is asked. */
export class MailProvider {
  readonly sent = new Map<string, CapturedEmail>();
  readonly channel: Channel;

  /** @param atMs what stands on its mails */
  constructor(atMs: number) {
    const captured = captureEmail({ clock: new VirtualClock(atMs) });
    this.channel = {
      ...captured,
      send: async (message, context) => {
        const receipt = await captured.send(message, context);
        const mail = captured.outbox.find(context.idempotencyKey);
        if (mail !== undefined && !this.sent.has(mail.deliveryId)) this.sent.set(mail.deliveryId, mail);
        return receipt;
      },
    };
  }

  /** As `ada: Welcome`. */
  get subjects(): readonly string[] {
    return [...this.sent.values()].map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`);
  }
}
