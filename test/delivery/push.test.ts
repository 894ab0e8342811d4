import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturePush } from '../../src/delivery/index.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import { samples, types } from '../notifications/template-samples.ts';
import { aRequest } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';

const deliveryId = 'order-shipped:order-1:kim:push';

async function push(content: { text: string; subject?: string; link?: string }, idempotencyKey = deliveryId) {
  const channel = capturePush();
  await channel.send({ to: 'device-1', recipientName: 'Kim', content }, sendContext(idempotencyKey));
  const captured = channel.outbox.find(idempotencyKey) ?? expect.fail();
  return { ...captured, json: JSON.parse(captured.payload) };
}

const sizeOf = (payload: string) => Buffer.byteLength(payload, 'utf8');

describe('the payload of a push', () => {
  it('has title, text, badge, sound, the link that a tap opens, and the id of the delivery', async () => {
    const link = 'https://shop.example/orders/order-1';

    const { json, collapseId, to } = await push({ subject: 'On its way', text: 'Tap to follow it', link });

    expect(json).toEqual({
      aps: { alert: { title: 'On its way', body: 'Tap to follow it' }, badge: 1, sound: 'default' },
      link,
      collapseId: deliveryId,
    });
    expect([collapseId, to]).toEqual([deliveryId, 'device-1']);
  });

  it.each([
    ['payment-failed', 'alert.caf'],
    ['price-drop', undefined],
    ['promotion-available', undefined],
    ['order-shipped', 'default'],
  ] as const)('sounds as its type does: %s %s', async (type, sound) => {
    const channel = capturePush();
    const message = { to: 'device-1', recipientName: 'Kim', content: { text: 'News' } };
    await channel.send({ ...message, notification: aRequest({ type }) }, sendContext(deliveryId));

    expect(JSON.parse(channel.outbox.find(deliveryId)?.payload ?? '').aps.sound).toBe(sound);
  });

  it('has the name and the page of the shop where its template says nothing else', async () => {
    const { json } = await push({ text: 'Your order is on its way' });

    expect(json.aps.alert.title).toBe('Hill & Valley Cycles');
    expect(json.link).toBe('https://shop.example');
  });
});

describe('the badge', () => {
  const about = { recipientName: 'Kim', content: { text: 'News' } };
  const badges = (channel: ReturnType<typeof capturePush>) =>
    channel.outbox.all().map(({ to, badge }) => `${to} ${badge}`);

  it('counts what came to the device, until the app is opened on it', async () => {
    const channel = capturePush();
    for (const to of ['kim-1', 'kim-1', 'lee-1', 'kim-1'])
      await channel.send({ to, ...about }, sendContext(`${to}-${channel.outbox.count}`));
    channel.opened('kim-1');
    await channel.send({ to: 'kim-1', ...about }, sendContext('after'));
    await channel.send({ to: 'lee-1', ...about }, sendContext('other'));

    expect(badges(channel)).toEqual(['kim-1 1', 'kim-1 2', 'lee-1 1', 'kim-1 3', 'kim-1 1', 'lee-1 2']);
    expect(JSON.parse(channel.outbox.find('other')?.payload ?? '').aps.badge).toBe(2);
  });

  it('is the same when the same push is sent again, and counts none that could not be sent', async () => {
    const channel = capturePush();
    const tooLong = { text: 'News', subject: 'a'.repeat(4096) };
    await channel.send({ to: 'kim-1', ...about }, sendContext('a'));
    await channel.send({ to: 'kim-1', ...about, content: tooLong }, sendContext('b')).catch(() => undefined);
    await channel.send({ to: 'kim-1', ...about }, sendContext('c'));
    await channel.send({ to: 'kim-1', ...about }, sendContext('a'));
    await channel.send({ to: 'kim-1', ...about }, sendContext('d'));

    expect(badges(channel)).toEqual(['kim-1 1', 'kim-1 2', 'kim-1 1', 'kim-1 3']);
  });
});

describe('a push that is too long', () => {
  it.each([
    ['ASCII', 'a'],
    ['umlauts', 'ü'],
    ['emoji', '🚲'],
    ['quotes, which JSON writes with two bytes', '"'],
    ['control characters, which it writes with six', '\u0001'],
  ])('is cut to fill 4,096 bytes, with an ellipsis: %s', async (_, character) => {
    const { json, text, payload } = await push({ subject: 'On its way', text: character.repeat(5000) });

    const { body } = json.aps.alert;
    expect(body).toBe(text);
    expect(body).toMatch(/…$/);
    expect(body.slice(0, -1)).toBe(character.repeat((body.length - 1) / character.length));
    expect(sizeOf(payload)).toBeLessThanOrEqual(4096);
    expect(sizeOf(payload)).toBeGreaterThan(4096 - 6);
  });

  it('is left whole while it fits, to the byte', async () => {
    const room = 4096 - sizeOf((await push({ text: '' })).payload);

    expect((await push({ text: 'a'.repeat(room) })).text).toBe('a'.repeat(room));
    expect((await push({ text: 'a'.repeat(room + 1) })).text).toBe(`${'a'.repeat(room - 3)}…`);
  });

  it.each([
    ['a title', { subject: 'a'.repeat(4096), text: 'Hello' }],
    ['a link', { link: `https://shop.example/${'a'.repeat(4096)}`, text: 'Hello' }],
  ])('for good, because of %s that leaves no room, is refused for good', async (_, content) => {
    await expect(push(content)).rejects.toMatchObject({ code: 'channel_error', kind: 'permanent' });
  });

  it('never has a broken character, nor more than 4,096 bytes, whatever the text', async () => {
    const anyText = fc.string({ unit: 'binary', minLength: 500, maxLength: 6000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { payload, text: shown } = await push({ text });
        expect(sizeOf(payload)).toBeLessThanOrEqual(4096);
        // Half a surrogate pair would not survive UTF-8.
        expect(Buffer.from(shown).toString()).toBe(shown);
        if (shown !== text) expect(text.startsWith(shown.slice(0, -1))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

/** Of those that a push is sent of, in the shop's words: one's own text is a person's. */
const inOurWords = types.filter((type) => type !== 'welcome' && type !== 'own-text');

describe.each(inOurWords)('the templates of %s', (type) => {
  it.each(['en', 'de'])('make a short push with a title and a link, in "%s"', async (locale) => {
    const content = createTemplates().render({
      type,
      family: 'push',
      locale,
      customerName: 'Anna',
      variables: samples[type],
    });

    const { json, payload } = await push(content);

    expect(Object.keys(content).sort()).toEqual(['link', 'subject', 'text']);
    expect(payload).not.toMatch(/\{\{|\{%|===|undefined|null|NaN|\[object/);
    // A lock screen shows about so much.
    expect(json.aps.alert.title.length).toBeLessThanOrEqual(60);
    expect(json.aps.alert.body.length).toBeLessThanOrEqual(150);
    expect(json.link).toMatch(
      /^https:\/\/shop\.example\/(orders\/SO43659(\/pay)?|cart|promotions\/SPRING-20)$/,
    );
  });

  it('differ between the languages', () => {
    const read = (locale: string) =>
      createTemplates().render({
        type,
        family: 'push',
        locale,
        customerName: 'Anna',
        variables: samples[type],
      });

    expect(read('de').subject).not.toBe(read('en').subject);
    expect(read('de').text).not.toBe(read('en').text);
    expect(read('de').link).toBe(read('en').link);
  });
});

it.each(['en', 'de'])(
  "one's own text is a push in its own words, which opens the shop, in %s",
  async (locale) => {
    const variables = samples['own-text'];
    const content = createTemplates().render({
      type: 'own-text',
      family: 'push',
      locale,
      customerName: 'Anna',
      variables,
    });

    const { json } = await push(content);

    expect(json.aps.alert).toEqual({ title: variables.subject, body: variables.message });
    expect(json.link).toBe('https://shop.example');
  },
);
