import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { webhookRequest } from '../../src/delivery/channels/webhook-request.ts';
import { captureWebhook } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { aRequest } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';
import { answering, clock, deliveryId, send, webhook, webhookSecret } from './webhook-receiver.ts';

const verifier = new Webhook(webhookSecret);

describe('the request that a receiver gets', () => {
  it('is a POST of what there is to say, signed, under the id of the delivery', async () => {
    const { url, received } = await answering(204);

    const channel = webhook();

    const receipt = await send(channel, url);

    expect(receipt).toEqual({ id: deliveryId });
    expect(channel.messageIdOf?.(deliveryId)).toBe(deliveryId);
    expect(received).toHaveLength(1);
    const [{ method, path, headers, body } = expect.fail()] = received;
    expect([method, path]).toEqual(['POST', '/in']);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': deliveryId,
      'webhook-id': deliveryId,
    });
    expect(verifier.verify(body, headers as Record<string, string>)).toEqual({
      type: 'notification',
      data: {
        deliveryId,
        recipientName: 'Kim Lund',
        content: { subject: 'Unterwegs', text: 'Grüße 🚲', link: 'https://shop.example/orders/order-1' },
      },
    });
  });

  it('says what it is about for a program too, and nothing else of the notification', () => {
    const notification = {
      ...aRequest({ variables: { orderId: 'order-1' } }),
      secret: 'of the house',
    };
    const content = { text: 'On its way' };
    const message = { to: 'https://hooks.example/', recipientName: 'Kim', content, notification };

    const { body } = webhookRequest({ message, deliveryId: 'd-1', nowMs: 0, sign: () => [] });

    expect(JSON.parse(body).data).toEqual({
      deliveryId: 'd-1',
      recipientName: 'Kim',
      content,
      notification: {
        type: 'order-shipped',
        subject: 'order-1',
        causeId: 'cause-of-order-1',
        occurredAt: '2026-03-02T12:00:00.000Z',
        data: { orderId: 'order-1' },
      },
    });
  });

  it('is not believed with another secret, another body, another id or another time', async () => {
    const { url, received } = await answering(204);
    await send(webhook(), url);
    const [{ headers: raw, body } = expect.fail()] = received;
    const headers = raw as Record<string, string>;
    const earlier = String(Number(headers['webhook-timestamp']) - 1);

    expect(() => new Webhook('b3RoZXI=').verify(body, headers)).toThrow();
    expect(() => verifier.verify(`${body} `, headers)).toThrow();
    expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'other' })).toThrow();
    expect(() => verifier.verify(body, { ...headers, 'webhook-timestamp': earlier })).toThrow();
  });

  it('is what is captured too', async () => {
    const { url, received } = await answering(204);
    const now = new VirtualClock(clock.now());
    const captured = captureWebhook({ clock: now, secret: webhookSecret });

    await send(webhook({ clock: now }), url);
    await send(captured, url);

    const [{ headers, body } = expect.fail()] = received;
    expect(captured.outbox.find(deliveryId)).toMatchObject({ method: 'POST', url, body });
    expect(headers).toMatchObject(captured.outbox.find(deliveryId)?.headers ?? expect.fail());
  });

  it.each(['a\r\nx-evil: 1', 'ü 🚲', 'order.1', 'x'.repeat(600)])(
    'has an id that every receiver can read, even of the delivery %j',
    async (idempotencyKey) => {
      const { channel, capture } = capturing();

      await capture(idempotencyKey);

      const request = channel.outbox.find(idempotencyKey) ?? expect.fail();
      expect(request.headers['webhook-id']).toMatch(/^[0-9a-f]{64}$/);
      expect(request.headers['idempotency-key']).toBe(request.headers['webhook-id']);
      expect(JSON.parse(request.body)).toMatchObject({ data: { deliveryId: idempotencyKey } });
    },
  );

  it('is the same at a later attempt, but for its time and signature', async () => {
    const { channel, capture, time } = capturing();

    await capture(deliveryId);
    await time.advanceTo(time.now() + 5000, async () => {});
    await capture(deliveryId);

    const [first = expect.fail(), again = expect.fail()] = channel.outbox.all();
    expect(again.body).toBe(first.body);
    expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(again.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
    expect(again.headers['webhook-signature']).not.toBe(first.headers['webhook-signature']);
  });

  it.each(['', 'whsec_', 'no base64!'])('cannot be signed with the secret %j', (secret) => {
    expect(() => webhook({ secret })).toThrow();
    expect(() => captureWebhook({ clock, secret })).toThrow();
  });
});

function capturing() {
  const time = new VirtualClock(1_700_000_000_000);
  const channel = captureWebhook({ clock: time });
  const message = { to: 'https://hooks.example/', recipientName: 'Kim', content: { text: 'Hello' } };
  return { time, channel, capture: (id: string) => channel.send(message, sendContext(id)) };
}
