import { describe, expect, it } from 'vitest';
import { type Channel, createReceipts, type OutgoingMessage } from '../../src/delivery/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';

export interface Sent {
  readonly deliveryId: string;
  readonly to: string;
  readonly text: string;
}

export interface ChannelHarness {
  readonly channel: Channel;
  /** What has gone out, oldest first. */
  sent(): readonly Sent[];
}

export interface ChannelHarnessOptions {
  /** How many messages the channel keeps to be read back. */
  capacity: number;
}

/** What every channel that captures has to do; each runs it with a channel of its own for every story. */
export function describeChannelContract(
  name: string,
  createHarness: (options: ChannelHarnessOptions) => ChannelHarness,
): void {
  describe(`${name}, as a channel`, () => {
    it('has a name and the templates that it is written for', () => {
      const { channel } = createHarness({ capacity: 10 });

      expect(channel.name).toMatch(/^[a-z]+$/);
      expect(['email', 'sms', 'push']).toContain(channel.templates);
    });

    it('answers with a receipt: with the id that it tells beforehand, where it can', async () => {
      const { channel } = createHarness({ capacity: 10 });

      const receipt = await send(channel, 'delivery-1');

      expect(receipt.id).toMatch(/\S/);
      expect([undefined, receipt.id]).toContain(channel.messageIdOf?.('delivery-1'));
    });

    it('gives the same delivery the same receipt, after a restart too, and another one another', async () => {
      const [before, after] = [createHarness({ capacity: 10 }), createHarness({ capacity: 10 })];
      await send(after.channel, 'delivery-0');

      const first = await send(before.channel, 'delivery-1');

      expect(await send(after.channel, 'delivery-1')).toEqual(first);
      expect(await send(after.channel, 'delivery-2')).not.toEqual(first);
    });

    it('is found by its receipt when its provider reports what became of a message', async () => {
      const { channel } = createHarness({ capacity: 10 });
      const addresses = { [channel.name]: 'https://kim.example/hook' };
      const { request, clock, datastore } = await openPostOffice({
        channels: [channel],
        customers: [aCustomer({ addresses, preferences: { order_updates: { [channel.name]: true } } })],
      });
      await request(aRequest());
      const [entry] = await datastore.ledger.find('id', 'order-shipped:order-1:kim');
      const sent = entry?.deliveries.find((delivery) => delivery.channel === channel.name);
      const reported = {
        channel: channel.name,
        providerMessageId: sent?.receipt ?? '',
        status: 'delivered',
      } as const;

      const [taken] = await createReceipts({ clock, datastore }).take([reported]);

      expect(taken).toMatchObject({
        result: 'recorded',
        delivery: { channel: channel.name, customerId: 'kim' },
      });
    });

    it('keeps what it sent, under the id of the delivery', async () => {
      const { channel, sent } = createHarness({ capacity: 10 });

      await send(channel, 'delivery-1');
      await send(channel, 'delivery-2', { to: 'elsewhere', content: { text: 'Another one' } });

      expect(sent().find(({ deliveryId }) => deliveryId === 'delivery-2')).toMatchObject({
        to: 'elsewhere',
        text: 'Another one',
      });
    });

    it('sends what differs only in its id as two messages', async () => {
      const { channel, sent } = createHarness({ capacity: 10 });

      await send(channel, 'order-shipped:order-1:kim:x');
      await send(channel, 'order-shipped:order-2:kim:x');

      const ids = sent().map(({ deliveryId }) => deliveryId);
      expect(ids).toEqual(['order-shipped:order-1:kim:x', 'order-shipped:order-2:kim:x']);
    });

    it('keeps the newest messages, and no more than it was told', async () => {
      const { channel, sent } = createHarness({ capacity: 3 });

      for (let count = 1; count <= 20; count++) await send(channel, `delivery-${count}`);

      expect(sent().map(({ deliveryId }) => deliveryId)).toEqual([
        'delivery-18',
        'delivery-19',
        'delivery-20',
      ]);
    });

    it('takes many messages at once, each with its own receipt', async () => {
      const { channel, sent } = createHarness({ capacity: 500 });
      const ids = Array.from({ length: 500 }, (_, index) => `delivery-${index}`);

      const receipts = await Promise.all(ids.map((id) => send(channel, id)));

      expect(new Set(receipts.map(({ id }) => id)).size).toBe(500);
      expect(sent().map(({ deliveryId }) => deliveryId)).toEqual(ids);
    });
  });
}

function send(channel: Channel, idempotencyKey: string, differences: Partial<OutgoingMessage> = {}) {
  const content = {
    subject: 'On its way',
    text: 'Your order is on its way',
    html: '<p>It is on its way</p>',
  };
  const message = { to: 'kim@example.com', recipientName: 'Kim Lund', content, ...differences };
  return channel.send(message, sendContext(idempotencyKey));
}
