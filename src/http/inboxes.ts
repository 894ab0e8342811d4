import { z } from 'zod';
import type { Captured, Outbox } from '../delivery/index.ts';
import { deliveryId } from '../notifications/index.ts';
import { json, type Operation, operation } from './operation.ts';
import type { Outboxes } from './served.ts';

const captured = z.object({ deliveryId: z.string(), channel: z.string(), to: z.string() });

const inbox = z.object({
  customerId: z.string(),
  messages: z.array(
    z.union([
      captured.extend({ subject: z.string(), text: z.string(), html: z.string(), sentAt: z.iso.datetime() }),
      captured.extend({ text: z.string(), segments: z.int(), encoding: z.string() }),
      captured.extend({ title: z.string(), text: z.string(), payload: z.string() }),
      captured.extend({ text: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }),
    ]),
  ),
});

type Message = z.infer<typeof inbox>['messages'][number];

/** What captured channels hold for a customer. Channels that really send hold nothing. */
export const inboxes: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/v1/inboxes/{customerId}',
    id: 'getInbox',
    tag: 'deliveries',
    summary: 'The messages that were captured for a customer: of the latest 1,000 on each channel',
    answers: { 200: { description: 'The messages, oldest first', schema: inbox } },
    async handle({ params: { customerId = '' } }, { shop: { datastore }, outboxes }) {
      const entries = await datastore.ledger.find('customerId', customerId);
      const ids = entries.flatMap(({ deliveries }) =>
        deliveries.map(({ notificationId, channel }) => deliveryId(notificationId, channel)),
      );
      return json({ customerId, messages: messagesOf(outboxes, new Set(ids)) });
    },
  }),
];

function messagesOf({ email, sms, push, webhook }: Outboxes, ids: ReadonlySet<string>): Message[] {
  const own = <T extends Captured>(outbox: Outbox<T> | undefined): T[] =>
    (outbox?.all() ?? []).filter((message) => ids.has(message.deliveryId));
  const of = (channel: string, message: Captured) => ({
    deliveryId: message.deliveryId,
    channel,
    to: message.to,
  });
  return [
    ...own(email).map((mail) => ({
      ...of('email', mail),
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      sentAt: new Date(mail.sentAtMs).toISOString(),
    })),
    ...own(sms).map((each) => ({
      ...of('sms', each),
      text: each.text,
      segments: each.segments,
      encoding: each.encoding,
    })),
    ...own(push).map((each) => ({
      ...of('push', each),
      title: each.title,
      text: each.text,
      payload: each.payload,
    })),
    ...own(webhook).map((each) => ({
      ...of('webhook', each),
      text: each.text,
      headers: { ...each.headers },
      body: each.body,
    })),
  ];
}
