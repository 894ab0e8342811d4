import { expect, it } from 'vitest';
import { architectureNames } from '../../src/shop/index.ts';
import { openServedShop } from './served-shop.ts';

const text = { notificationId: 'repair-7', channel: 'email', recipient: 'ada', message: 'It is trued.' };
const id = 'own-text:repair-7/email:ada';

it.each(architectureNames)(
  'a text is sent on %s, and found by the id of the answer',
  async (architecture) => {
    const { ask, shop } = await openServedShop({ architecture });

    const sent = await ask('/v1/notifications', { json: { ...text, subject: 'Repair 7' } });
    await shop.settle();

    const { message: _, ...key } = text;
    expect(sent).toMatchObject({ status: 202, body: { ...key, id, result: 'accepted' } });
    expect((await ask('/v1/inboxes/ada')).body.messages).toMatchObject([{ subject: 'Repair 7' }]);
    expect((await ask(`/v1/notifications/${encodeURIComponent(id)}`)).body.deliveries).toMatchObject([
      { channel: 'email', status: 'sent' },
    ]);
  },
);

it('the same again is a repetition, and with another text it is refused', async () => {
  const { ask, shop } = await openServedShop();
  await ask('/v1/notifications', { json: text });

  expect((await ask('/v1/notifications', { json: text })).body.result).toBe('repeated');
  expect(await ask('/v1/notifications', { json: { ...text, message: 'It is not.' } })).toMatchObject({
    status: 409,
    body: { code: 'text_differs' },
  });
  await shop.settle();
  expect((await ask('/v1/inboxes/ada')).body.messages).toHaveLength(1);
});

it('of a list each is answered on its own, in order', async () => {
  const { ask, shop } = await openServedShop();
  const json = [
    text,
    { ...text, recipient: 'nobody' },
    { ...text, message: 'It is not.' },
    text,
    7,
    { ...text, channel: 'sms' },
    { ...text, notificationId: 'repair-8', extra: 1 },
  ];

  const { status, body } = await ask('/v1/notifications', { json });
  await shop.settle();

  expect(status).toBe(202);
  expect(body.results).toMatchObject([
    { result: 'accepted', id },
    { result: 'refused', index: 1, status: 422, code: 'refused_text' },
    { result: 'refused', index: 2, status: 409, code: 'text_differs' },
    { result: 'repeated', id },
    { result: 'refused', index: 4, status: 422, code: 'refused_text' },
    { result: 'accepted', id: 'own-text:repair-7/sms:ada' },
    { result: 'refused', index: 6, status: 422, code: 'refused_text' },
  ]);
  expect((await ask('/v1/inboxes/ada')).body.messages).toHaveLength(2);
});

it('a long list is sent whole', async () => {
  const { ask, shop } = await openServedShop();
  const json = Array.from({ length: 500 }, (_, index) => ({ ...text, notificationId: `n-${index}` }));

  await ask('/v1/notifications', { json });
  await shop.settle();

  expect((await ask('/v1/status')).body).toMatchObject({ requested: 500, sent: 500 });
});

it.each([
  [[], 422, 'invalid_request'],
  [Array.from({ length: 501 }, () => text), 422, 'invalid_request'],
  ['text', 422, 'invalid_request'],
  [{}, 422, 'refused_text'],
  [{ ...text, recipient: 'ada@example.com' }, 422, 'refused_text'],
  [{ ...text, channel: 'fax' }, 422, 'refused_text'],
  [{ ...text, message: 'x'.repeat(100_001) }, 422, 'refused_text'],
])('refuses %.40j', async (json, status, code) => {
  const { ask } = await openServedShop();

  expect(await ask('/v1/notifications', { json })).toMatchObject({ status, body: { code } });
});
