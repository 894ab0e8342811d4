import { z } from 'zod';
import type { DeliveryRecord, LedgerEntry } from '../datastore/index.ts';
import { deliveryId } from '../notifications/index.ts';
import { toPlain, verbatim } from '../report/index.ts';
import { json, type Operation, operation } from './operation.ts';
import { HttpError } from './problem.ts';

const moment = z.iso.datetime().nullable();

const delivery = z.object({
  id: z.string(),
  notificationId: z.string(),
  channel: z.string(),
  status: z.enum(['pending', 'sent', 'skipped', 'dead_lettered']),
  /** The reason code of its last verdict. */
  reason: z.string().nullable(),
  dueAt: moment,
  settledAt: moment,
  attempts: z.int(),
  receipt: z.string().nullable(),
});

const notification = z.object({
  id: z.string(),
  type: z.string(),
  customerId: z.string(),
  subject: z.string(),
  causeId: z.string(),
  correlationId: z.string(),
  occurredAt: moment,
  requestedAt: moment,
  variables: z.record(z.string(), z.unknown()),
  deliveries: z.array(delivery),
});

const about = z
  .strictObject({
    customerId: z.string().optional(),
    subject: z.string().optional(),
    causeId: z.string().optional(),
    status: delivery.shape.status.optional(),
    channel: z.string().optional(),
  })
  .refine(
    ({ customerId, subject, causeId }) =>
      [customerId, subject, causeId].filter((each) => each !== undefined).length === 1,
    'say whose: one of customerId, subject (of an order, a product or a customer) and causeId (of an event)',
  );

/** The ledger: who was told what, on which channel, and how that ended. */
export const deliveries: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/v1/deliveries',
    id: 'listDeliveries',
    tag: 'deliveries',
    summary: 'What became of what a customer, an order or an event led to, oldest first',
    query: about,
    answers: {
      200: { description: 'The deliveries', schema: z.object({ deliveries: z.array(delivery) }) },
    },
    async handle({ query: { status, channel, ...key } }, { shop: { datastore } }) {
      const [by, value = ''] = Object.entries(key).find(([, each]) => each !== undefined) ?? ['id'];
      const entries = await datastore.ledger.find(by as 'customerId' | 'subject' | 'causeId', value);
      const found = entries
        .flatMap((entry) => entry.deliveries)
        .filter((each) => status === undefined || each.status === status)
        .filter((each) => channel === undefined || each.channel === channel);
      return json({ deliveries: found.map(plainDelivery) });
    },
  }),
  operation({
    method: 'get',
    path: '/v1/notifications/{id}',
    id: 'getNotification',
    tag: 'deliveries',
    summary: 'A notification with its deliveries',
    answers: { 200: { description: 'The notification', schema: notification } },
    problems: { 404: ['unknown_notification'] },
    async handle({ params: { id = '' } }, { shop: { datastore } }) {
      const [entry] = await datastore.ledger.find('id', id);
      if (entry === undefined) throw unknownNotification(id);
      return json(plainNotification(entry));
    },
  }),
];

const plainDelivery = (record: DeliveryRecord): unknown =>
  toPlain({ id: deliveryId(record.notificationId, record.channel), ...record });

const plainNotification = (entry: LedgerEntry): unknown => {
  const { variables, ...rest } = entry.notification;
  return {
    ...(toPlain({ ...rest, variables: verbatim(variables) }) as object),
    deliveries: entry.deliveries.map(plainDelivery),
  };
};

const unknownNotification = (id: string): HttpError =>
  new HttpError(404, 'unknown_notification', {
    message: `there is no notification ${JSON.stringify(id.slice(0, 100))}`,
    help: 'Ids look like order-shipped:ord-1001:ada.',
  });
