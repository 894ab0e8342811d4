import { expect, it } from 'vitest';
import { operations } from '../../src/http/operations.ts';
import { undocumentedIn } from './documented.ts';
import { openServedShop } from './served-shop.ts';

it('holds everything that can be asked, each under a name of its own, with what is in the path once', async () => {
  const { ask } = await openServedShop();
  const { body: document } = await ask('/openapi.json');

  expect(document.openapi).toBe('3.1.0');
  const ids = operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { method, path, id } of operations) expect(document.paths[path][method].operationId).toBe(id);
  const { parameters, requestBody } = document.paths['/v1/orders/{orderId}/payments'].post;
  expect(parameters).toEqual([
    { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } },
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: false }),
  ]);
  const { schema } = requestBody.content['application/json'];
  expect({ required: schema.required, properties: Object.keys(schema.properties) }).toEqual({
    required: ['paymentId'],
    properties: ['paymentId'],
  });
});

it('says what every operation refuses: a body and a query that are none of its own, and who has no token', async () => {
  const { ask } = await openServedShop({ token: 'a token that is long enough' });
  const headers = { authorization: 'Bearer a token that is long enough', 'content-type': 'application/json' };

  for (const { method, path, body, bodyType, query, isPublic } of operations) {
    const asked = path.replace(/\{\w+\}/g, 'none');
    // `ask` holds every answer against the document.
    if (!isPublic) expect((await ask(asked, { method: method.toUpperCase() })).status).toBe(401);
    if (body && bodyType === undefined) {
      const post = (text: string) => ask(asked, { method: 'POST', headers, body: text });
      expect((await post('{')).body.code).toBe('invalid_json');
      expect((await post('7')).status).toBeGreaterThanOrEqual(400);
    }
    if (query) expect((await ask(`${asked}?nobody=1`, { headers })).body.code).toBe('invalid_request');
  }
});

it.each([
  ['another status', { status: 418, mediaType: 'application/json', body: {} }],
  ['another form', { status: 200, mediaType: 'text/html', body: {} }],
  ['another code', { status: 401, mediaType: 'application/problem+json', body: problemWith('not_known') }],
  ['a field too few', { status: 200, mediaType: 'application/json', body: {} }],
])('is not taken for true where an answer has %s', (_, answer) => {
  expect(undocumentedIn({ method: 'GET', path: '/v1/deliveries' }, answer)).toMatch(/^GET \/v1\/deliveries/);
});

it('is taken for true where it is', () => {
  const answer = { status: 401, mediaType: 'application/problem+json', body: problemWith('unauthorized') };

  expect(undocumentedIn({ method: 'GET', path: '/v1/deliveries' }, answer)).toBeUndefined();
});

function problemWith(code: string) {
  return { type: 'about:blank', title: 'Unauthorized', status: 401, code, detail: 'no', help: 'do' };
}

it('refers to nothing but what it holds', async () => {
  const { ask } = await openServedShop();
  const { body: document, text } = await ask('/openapi.json');

  const references = [...text.matchAll(/"\$ref":"#\/([^"]*)"/g)].map(([, path = '']) => path);
  for (const path of new Set(references)) {
    const found = path.split('/').reduce((within, name) => within?.[name], document);
    expect(found).toBeDefined();
  }
  expect(references.length).toBeGreaterThan(0);
});
