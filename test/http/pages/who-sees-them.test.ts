import { expect, it } from 'vitest';
import { ChannelError } from '../../../src/delivery/index.ts';
import type { Guest } from '../../../src/http/index.ts';
import { html } from '../../../src/report/index.ts';
import { attributesOf, textOf } from './markup.ts';
import { openPages } from './open-pages.ts';

const token = 'a token that is long enough';
const basic = `Basic ${Buffer.from(`me:${token}`).toString('base64')}`;
const paths = ['/', '/dashboard', '/inbox', '/inbox/ada', '/mail', '/explain', '/flow', '/dead-letters'];

it.each([...paths, '/assets/pages.js'])('%s is for this machine alone, by its own names', async (path) => {
  const { view } = await openPages();

  expect((await view(path, { host: 'shop.example' })).status).toBe(403);
  expect((await view(path, { origin: 'http://evil.example' })).status).toBe(403);
});

it.each([...paths, '/assets/pages.js'])('%s asks for the token, where one is demanded', async (path) => {
  const { view } = await openPages({ token });

  const refused = await view(path);

  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('Basic realm="shop"');
  const letIn = await view(path, { host: 'shop.example', authorization: basic });
  expect(letIn.status).toBe(path === '/mail' ? 404 : 200);
});

it('what a page asks the API counts as asked by whoever asked for the page', async () => {
  const { app } = await openPages({ requestsPerMinute: 60 });
  const viewFrom = async (remoteAddress: string) => {
    const env = { incoming: { socket: { remoteAddress } } };
    return (await app.request('/', { headers: { accept: 'text/html' } }, env)).status;
  };

  const statuses = [];
  for (let times = 0; times < 3; times++) statuses.push(await viewFrom('192.0.2.1'));

  // Ten at once: each of these is one, and four more; whether it is ready may be asked for nothing.
  expect(statuses).toEqual([200, 200, 429]);
  expect(await viewFrom('192.0.2.2')).toBe(200);
});

it('curl is told in plain text what there is, a browser is shown the dashboard', async () => {
  const { app, view } = await openPages();

  const plain = await app.request('/', { headers: { accept: '*/*' } });

  expect(plain.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect((await view('/')).headers.get('content-type')).toBe('text/html; charset=utf-8');
});

it('a page is only to be read', async () => {
  const { app } = await openPages();

  for (const path of ['/inbox', '/dead-letters', '/flow/x', '/assets/pages.js']) {
    const { status, headers } = await app.request(path, { method: 'POST' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  }
});

it.each(['pages.css', 'pages.js', 'live.js', 'doing.js', 'posting.js', 'mending.js', 'icon.svg'])(
  'what pages load is ours: %s',
  async (name) => {
    const { view } = await openPages();

    const { status, headers, text } = await view(`/assets/${name}`);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^(text\/css|text\/javascript|image\/svg\+xml)/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\/\w/);
    for (const [, imported = ''] of text.matchAll(/from '\.\/([^']+)'/g))
      expect((await view(`/assets/${imported}`)).status).toBe(200);
  },
);

it.each(['nothing.js', '..%2Fpages.ts', '%2e%2e%2fpages.ts', 'constructor', '__proto__'])(
  'and nothing else is: %s',
  async (name) => {
    const { view } = await openPages();

    expect((await view(`/assets/${name}`)).status).toBe(404);
  },
);

it('shows what was given up, with the provider’s words, and what can be done', async () => {
  const { ask, shop, email, view } = await openPages();
  const words = '550 <ada> "no such user"';
  email.send = () => Promise.reject(new ChannelError('permanent', { message: words }));
  await ask('/v1/orders/ord-1001/shipments', { json: {} });
  await shop.settle();

  const { text } = await view('/dead-letters');

  const id = 'order-shipped:ord-1001:ada:email';
  expect(textOf(text)).toContain(words);
  expect(textOf(text)).toContain('finn@example.com');
  expect(attributesOf(text, 'data-do')).toEqual([
    `/v1/dead-letters/${encodeURIComponent(id)}/redrive`,
    `/v1/dead-letters/${encodeURIComponent(id)}/discard`,
    '/v1/suppressions/lift',
  ]);
  expect(textOf((await view('/')).text)).toContain(words);
});

it('says on a page why there is nothing to show', async () => {
  const { view, stop } = await openPages();
  const unknown = await view('/explain?id=nothing');
  expect(unknown.status).toBe(400);
  expect(unknown.text).toContain('role="alert"');

  stop.abort();

  const stopping = await view('/');
  expect(stopping.status).toBe(503);
  expect(textOf(stopping.text)).toContain('the server is stopping');
});

it('where a guest is served, a browser is sent there, every page leads there, and curl is told what the API has', async () => {
  const guest: Guest = {
    place: { path: '/garden', name: 'Garden' },
    addRoutes: (app, { places }) => void app.get('/garden', ({ json }) => json(places)),
    async close() {},
  };
  const second: Guest = {
    place: { path: '/shed', name: 'Shed' },
    addRoutes(app, { show }) {
      const page = {
        title: 'Shed',
        lead: 'Tools.',
        at: '/shed',
        content: html`<p>A rake &amp; ${'<a> spade'}</p>`,
      };
      app.get('/shed', () => show(page));
    },
    async close() {},
  };
  const { app, view } = await openPages({ served: (served) => ({ ...served, guests: [guest, second] }) });

  const front = await app.request('/', { headers: { accept: 'text/html' } });

  expect([front.status, front.headers.get('location')]).toEqual([302, '/garden']);
  expect(await (await app.request('/')).text()).toContain('/v1/status');
  expect((await view('/dashboard')).text).toContain('<a href="/garden">Garden</a>');
  expect(await (await app.request('/garden')).json()).toEqual(
    expect.arrayContaining([guest.place, { path: '/dashboard', name: 'Dashboard' }, second.place]),
  );
  const shed = await view('/shed');
  expect(shed.text).toContain('<a href="/shed" aria-current="page">Shed</a>');
  expect(textOf(shed.text)).toContain('A rake & <a> spade');
  expect(shed.headers.get('content-security-policy')).toContain("script-src 'self'");
});

it('a form of a page says from where it is sent, so that it is let in', async () => {
  const { view } = await openPages();

  expect((await view('/dashboard')).headers.get('referrer-policy')).toBe('same-origin');
});
