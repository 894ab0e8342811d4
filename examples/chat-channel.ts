/** A channel of its own: messages to a chat, for every customer who has an address called `chat`. */
import { type Captured, type Channel, Outbox } from '../src/delivery/index.ts';

export interface ChatMessage extends Captured {
  readonly text: string;
}

/** Keeps the latest `capacity` messages instead of sending them; a real one would call its provider in `send`. */
export function chatChannel({ capacity = 1000 } = {}): Channel & { readonly outbox: Outbox<ChatMessage> } {
  const outbox = new Outbox<ChatMessage>(capacity);
  return {
    name: 'chat',
    // It is as terse as an SMS, so it uses the texts that are there already.
    templates: 'sms',
    outbox,
    async send({ to, content }, { idempotencyKey }) {
      outbox.add({ deliveryId: idempotencyKey, to, text: content.text });
      return { id: `chat-${idempotencyKey}` };
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { playShopDay } = await import('./shop-day.ts');
  const chat = chatChannel();
  await playShopDay({ channels: [chat] });
  for (const { to, text } of chat.outbox.all()) console.log(`${to}  ${text}`);
}
