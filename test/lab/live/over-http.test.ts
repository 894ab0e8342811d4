import { expect, test } from 'vitest';
import { guardedApp } from '../../../src/http/guarded-app.ts';
import type { Place } from '../../../src/http/index.ts';
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
function open(shown: Partial<LabState> = {}, places: readonly Place[] = []) {
  const told: string[] = [];
  let hasStarted = false;
  const clock = new VirtualClock(0);
  const state: LabState = {
    nowMs: 0,
    said: { what: 'It <i>began</i>.', why: 'All four alike.' },
    broken: ['sms-down'],
    isDown: false,
    seed: 7,
    run: '2.O.7',
    columns: [{ architecture: 'api-driven', ...column }],
    ...shown,
  };
  const lab: Pick<LiveLab, 'start' | 'act' | 'advance' | 'replay' | 'state'> = {
    async start() {
      hasStarted = true;
    },
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
  addLabRoutes(app, { lab, playing, changes, places });
  const ask = (path: string, init?: RequestInit) => app.request(`http://127.0.0.1${path}`, init);
  const post = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { told, clock, changes, playing, ask, post, hasStarted: () => hasStarted };
}

test('the page shows what others wrote as text, and may run nothing that stands in it', async () => {
  const response = await open().ask('/lab');
  const text = await response.text();

  expect(text).toContain('&lt;b&gt;x&lt;/b&gt;');
  expect(text).toContain('It &lt;i&gt;began&lt;/i&gt;.');
  expect(text).not.toMatch(/<script(?![^>]*src=)|style=|onclick/);
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  for (const { label } of actions) expect(text).toContain(label);
});

test('what cannot be done now cannot be clicked', async () => {
  const running = await (await open().ask('/lab')).text();
  const down = await (await open({ isDown: true }).ask('/lab')).text();

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
  expect([form.status, form.headers.get('location')]).toEqual([303, '/lab']);
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

  expect(await (await ask(`/lab?run=${word}`)).text()).toContain('This link holds a run of 2 actions.');
  expect((await ask('/lab?run=nonsense')).status).toBe(400);
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

test('the processes are started when somebody asks for the page, or for what they do, and not for its style', async () => {
  for (const path of ['/lab', '/v1/lab']) {
    const { ask, hasStarted } = open();
    await ask('/lab/assets/lab.css');
    expect(hasStarted()).toBe(false);
    await ask(path);
    expect(hasStarted()).toBe(true);
  }
});

test('it leads to the other pages where there are any', async () => {
  const places = [
    { path: '/lab', name: 'Lab' },
    { path: '/dashboard', name: 'Dash<board>' },
  ];
  const beside = await (await open({}, places).ask('/lab')).text();

  expect(beside).toContain('<a href="/lab" aria-current="page">Lab</a>');
  expect(beside).toContain('<a href="/dashboard">Dash&lt;board&gt;</a>');
  expect(await (await open().ask('/lab')).text()).not.toContain('<nav');
});

test('who reads along is told when it is over, and who comes then too', async () => {
  const { ask, changes } = open();
  const reading = (await ask('/v1/lab/changes')).text();
  changes.end();

  expect(await reading).toBe('retry: 1000\n\n');
  expect(await (await ask('/v1/lab/changes')).text()).toBe('retry: 1000\n\n');
});
