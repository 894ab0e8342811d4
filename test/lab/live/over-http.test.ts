import { expect, test } from 'vitest';
import { guardedApp } from '../../../src/http/guarded-app.ts';
import { InputError, silentLogger, VirtualClock } from '../../../src/kernel/index.ts';
import { actions } from '../../../src/lab/live/actions.ts';
import { Changes } from '../../../src/lab/live/changes.ts';
import type { LiveLab } from '../../../src/lab/live/live-lab.ts';
import { Playing } from '../../../src/lab/live/playing.ts';
import { addLabRoutes } from '../../../src/lab/live/routes.ts';
import type { LabState } from '../../../src/lab/live/state.ts';

const column = {
  isAlive: true,
  life: 1,
  delivered: 2,
  repeated: 0,
  waiting: 0,
  skipped: 0,
  dead: 0,
  lost: 0,
  longestWaitMs: 0,
  breakers: { sms: 'open' as const },
  hops: [
    {
      number: 1,
      atMs: 0,
      kind: 'hop' as const,
      way: { from: 'caller', to: 'service' } as const,
      text: '<b>x</b>',
    },
  ],
};

/** The routes over a lab that only notes what it is told. */
function open(shown: Partial<LabState> = {}) {
  const told: string[] = [];
  const clock = new VirtualClock(0);
  const state: LabState = {
    nowMs: 0,
    said: { what: 'It <i>began</i>.', why: 'All four alike.' },
    broken: ['sms-down'],
    isDown: false,
    run: 'W10',
    columns: [{ architecture: 'api-driven', ...column }],
    ...shown,
  };
  const lab: Pick<LiveLab, 'act' | 'advance' | 'replay' | 'state'> = {
    state: () => state,
    async act(name) {
      if (name === 'explode')
        throw new InputError({ message: 'there is no action "explode"', help: 'Known: order.' });
      told.push(`act ${name}`);
    },
    async advance(ms) {
      told.push(`advance ${ms}`);
    },
    async replay(word) {
      told.push(`replay ${word}`);
    },
  };
  const changes = new Changes(clock);
  const playing = new Playing(lab, clock, changes.tell);
  const app = guardedApp({ clock, logger: silentLogger }, {}, () => false);
  addLabRoutes(app, { lab, playing, changes });
  const ask = (path: string, init?: RequestInit) => app.request(`http://127.0.0.1${path}`, init);
  const post = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { told, clock, changes, playing, ask, post };
}

test('the page shows what others wrote as text, and may run nothing that stands in it', async () => {
  const response = await open().ask('/');
  const text = await response.text();

  expect(text).toContain('&lt;b&gt;x&lt;/b&gt;');
  expect(text).toContain('It &lt;i&gt;began&lt;/i&gt;.');
  expect(text).not.toMatch(/<script(?![^>]*src=)|style=|onclick/);
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  for (const { label } of actions) expect(text).toContain(label);
});

test('what cannot be done now cannot be clicked', async () => {
  const running = await (await open().ask('/')).text();
  const down = await (await open({ isDown: true }).ask('/')).text();

  expect(running).toMatch(/value="restart" disabled/);
  expect(running).not.toMatch(/value="order" disabled/);
  expect(down).toMatch(/value="order" disabled/);
  expect(down).not.toMatch(/value="restart" disabled/);
});

test('a program is answered with the state, and a form is sent back to the page', async () => {
  const { told, ask, post } = open();

  expect(await (await post('/v1/lab/actions', { action: 'order' })).json()).toMatchObject({
    nowMs: 0,
    speed: 0,
  });
  const form = await ask('/v1/lab/clock', {
    method: 'POST',
    body: new URLSearchParams({ advanceMs: '1000' }),
  });
  expect([form.status, form.headers.get('location')]).toEqual([303, '/']);
  expect((await post('/v1/lab/runs', { run: 'W10' })).status).toBe(200);
  expect(told).toEqual(['act order', 'advance 1000', 'replay W10']);
});

test.each([
  ['/v1/lab/actions', { action: 'explode' }],
  ['/v1/lab/actions', {}],
  ['/v1/lab/clock', { advanceMs: 0 }],
  ['/v1/lab/clock', { advanceMs: 1e12 }],
  ['/v1/lab/clock', { speed: 7 }],
  ['/v1/lab/runs', { run: 5 }],
  ['/v1/lab/runs', undefined],
])('%s refuses %j with what to send instead', async (path, body) => {
  const response = await open().post(path, body);

  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({
    code: 'bad_input',
    help: expect.stringMatching(/Send|Known/),
  });
});

test('another site is not answered, nor a name that is not of this machine', async () => {
  const { ask, told } = open();
  const from = (headers: Record<string, string>) =>
    ask('/v1/lab/actions', { method: 'POST', headers, body: new URLSearchParams({ action: 'order' }) });

  expect((await from({ origin: 'http://evil.example' })).status).toBe(403);
  expect((await from({ host: 'evil.example' })).status).toBe(403);
  expect(told).toEqual([]);
});

test('a link with a run offers to play it, and plays nothing by itself', async () => {
  const { ask, told } = open();
  const word = Buffer.from(
    JSON.stringify([
      [0, 'order'],
      [5, 'ship'],
    ]),
  ).toString('base64url');

  expect(await (await ask(`/?run=${word}`)).text()).toContain('This link holds a run of 2 actions.');
  expect((await ask('/?run=nonsense')).status).toBe(400);
  expect(told).toEqual([]);
});

test('time passes by itself while it plays, and stands still when it is paused', async () => {
  const { told, clock, post } = open();
  const pass = (ms: number) => clock.advanceTo(clock.now() + ms, () => new Promise(setImmediate));

  await post('/v1/lab/clock', { speed: 60 });
  await pass(600);
  expect(told).toEqual(['advance 15000', 'advance 15000']);

  await post('/v1/lab/clock', { speed: 0 });
  await pass(5000);
  expect(told).toHaveLength(2);
});

test('who reads along is told once of changes that come together, and costs nothing when gone', async () => {
  const { clock, changes } = open();
  const reader = changes.response().body?.getReader() ?? expect.fail();
  const text = async () => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await text()).toBe('retry: 1000\n\n');

  for (let count = 0; count < 5; count++) changes.tell();
  await clock.advanceTo(100, async () => {});
  expect(await text()).toBe('data: 1\n\n');

  await reader.cancel();
  changes.tell();
  expect(clock.nextDueMs()).toBeUndefined();
});
