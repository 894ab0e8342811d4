import type { Channel, OutgoingMessage } from '../../src/delivery/index.ts';
import type { Mail } from '../../src/flows/mails/index.ts';
import type { Templates } from '../../src/notifications/index.ts';

/** Renders and sends a mail, once: nothing is tried again. */
export function mailer(channel: Channel, templates: Templates, from: NonNullable<OutgoingMessage['from']>) {
  const { signal } = new AbortController();
  return async ({ key, template: type, to, recipientName, variables, attachments }: Mail): Promise<void> => {
    const { templates: family } = channel;
    const template = { type, family, locale: 'en', customerName: recipientName, variables };
    const outgoing = { to, recipientName, content: templates.render(template), from, attachments };
    await channel.send(outgoing, { idempotencyKey: key, signal, wait: async () => {} });
  };
}
