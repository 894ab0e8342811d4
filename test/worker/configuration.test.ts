import { expect, test } from 'vitest';
import { InputError } from '../../src/kernel/index.ts';
import { readConfiguration, shownConfiguration } from '../../src/worker/index.ts';

const place = 'postgres://shop:s3cret@db.example/shop';
const fits = { DATASTORE: place, CAPTURE: 'email, sms' };

function refusalOf(env: Record<string, string>): string[] {
  try {
    readConfiguration(env);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InputError);
    const lines = (thrown as InputError).message.split('\n');
    expect(lines.join()).not.toMatch(/s3cret|hunter2/);
    return lines;
  }
  return [];
}

test('what is not set has its default, and what is empty is not set', () => {
  expect(readConfiguration({ ...fits, HTTP_PORT: '', HTTP_TOKEN: '', UNRELATED: 'x' })).toEqual({
    DATASTORE: place,
    WORKER_ROLE: 'all',
    ARCHITECTURE: 'event-sourced',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: 4400,
    REQUESTS_PER_MINUTE: 6000,
    MAX_BACKLOG: 10_000,
    LEASE_SECONDS: 30,
    DRAIN_SECONDS: 15,
    LOG_LEVEL: 'info',
    CAPTURE: ['email', 'sms'],
  });
});

test('all that is wrong is said at once, a line each', () => {
  const refused = refusalOf({
    WORKER_ROLE: 'boss',
    ARCHITECTURE: 'baroque',
    HTTP_HOST: '0.0.0.0',
    HTTP_PORT: '99999',
    HTTP_TOKEN: 'hunter2',
    REQUESTS_PER_MINUTE: '0',
    MAX_BACKLOG: '-1',
    LEASE_SECONDS: '1.5',
    DRAIN_SECONDS: 'long',
    LOG_LEVEL: 'loud',
    CAPTURE: 'email fax',
    SMTP_URL: 'http://kim:hunter2@mail.example',
    WEBHOOK_SECRET: 'hunter2!',
    ADMIN_EMAIL: 'kim',
  });

  expect(refused.map((line) => line.replace(/^worker: /, '').split(/[ :]/)[0])).toEqual([
    'DATASTORE',
    'WORKER_ROLE',
    'ARCHITECTURE',
    'HTTP_PORT',
    'HTTP_TOKEN',
    'REQUESTS_PER_MINUTE',
    'MAX_BACKLOG',
    'LEASE_SECONDS',
    'DRAIN_SECONDS',
    'LOG_LEVEL',
    'CAPTURE',
    'SMTP_URL',
    'WEBHOOK_SECRET',
    'ADMIN_EMAIL',
  ]);
});

test.each([
  [{ DATASTORE: place }, /no channel is set up/],
  [
    { DATASTORE: 'shop.db', CAPTURE: 'email', WORKER_ROLE: 'api' },
    /api needs a database: "shop.db" is a file/,
  ],
  [{ DATASTORE: 'shop.db', CAPTURE: 'email', WORKER_ROLE: 'consumer' }, /consumer needs a database/],
  [{ ...fits, HTTP_HOST: '0.0.0.0' }, /HTTP_TOKEN is not set, and HTTP_HOST "0.0.0.0" can be reached/],
])('%j does not fit together', (env, why) => {
  expect(refusalOf(env)).toEqual([expect.stringMatching(why)]);
});

test('a file is for one process that does all, and a token opens the door', () => {
  expect(refusalOf({ DATASTORE: 'shop.db', CAPTURE: 'email' })).toEqual([]);
  expect(refusalOf({ ...fits, HTTP_HOST: '0.0.0.0', HTTP_TOKEN: 'a token that is long enough' })).toEqual([]);
});

test('what is shown has no secret in it', () => {
  const shown = shownConfiguration(
    readConfiguration({
      ...fits,
      HTTP_TOKEN: 'a token that is long enough',
      SMTP_URL: 'smtp://kim:hunter2@mail.example',
      WEBHOOK_SECRET: Buffer.alloc(32, 'w').toString('base64'),
      UNSUBSCRIBE_SECRET: 'hunter2 hunter2',
    }),
  );

  expect(shown).toContain('DATASTORE=postgres://shop@db.example/shop\n');
  expect(shown).toContain('SMTP_URL is set\n');
  expect(shown).toContain('ADMIN_EMAIL is not set\n');
  expect(shown).not.toMatch(/s3cret|hunter2|long enough|d3d3/);
});
