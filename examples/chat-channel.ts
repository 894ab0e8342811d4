/** A channel of its own: messages to a chat, for every customer who has an address called `chat`. */
import type { Channel } from '../src/delivery/index.ts';
import { Ring } from '../src/kernel/index.ts';

export interface ChatMessage {
  readonly deliveryId: string;
  readonly to: string;
  readonly text: string;
}

/** Keeps the latest `capacity` messages instead of sending them; a real one would call its provider in `send`. */
export function chatChannel({ capacity = 1000 } = {}): Channel & { messages(): readonly ChatMessage[] } {
  const sent = new Ring<ChatMessage>(capacity);
  return {
    name: 'chat',
    // It is as terse as an SMS, so it uses the texts that are there already.
    templates: 'sms',
    messages: () => sent.items(),
    async send({ to, content }, { idempotencyKey }) {
      sent.add({ deliveryId: idempotencyKey, to, text: content.text });
      return { id: `chat-${idempotencyKey}` };
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { playShopDay } = await import('./shop-day.ts');
  const chat = chatChannel();
  await playShopDay({ channels: [chat] });
  for (const { to, text } of chat.messages()) console.log(`${to}  ${text}`);
}
