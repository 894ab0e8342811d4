import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openBroker } from '../../../src/bus/index.ts';
import { InputError } from '../../../src/kernel/index.ts';
import { runCli } from '../../support/command-line.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';

async function aServer(...settings: [string, string][]): Promise<RedisServer> {
  const server = await startRedis(settings);
  onTestFinished(() => server.remove());
  return server;
}

/** What is said to whoever names this broker. */
async function refusal(url: string): Promise<string> {
  const error = await openBroker(url).then(
    (broker) => {
      broker.destroy();
      throw new Error('it was taken');
    },
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  expect(error.message).not.toContain('\n');
  return `${error.message}. ${error.help}`;
}

test('one that writes nothing to a disk is refused, unless that is asked for', async () => {
  const { url } = await aServer();

  expect(await refusal(url)).toContain(
    'its appendonly is off, so a restart loses every message since its last snapshot. CONFIG SET appendonly yes',
  );
  const broker = await openBroker(`${url}?persistence=none`);
  onTestFinished(() => broker.destroy());
  expect(broker.warning).toContain('its appendonly is off');
});

test('what one that writes every second may lose is said, and of one that writes always nothing', async () => {
  for (const [how, warning] of [
    ['everysec', 'loses what it has answered for in the last second or two'],
    ['always', undefined],
  ] as const) {
    const { url } = await aServer(['appendonly', 'yes'], ['appendfsync', how]);
    const broker = await openBroker(url);
    onTestFinished(() => broker.destroy());
    if (warning === undefined) expect(broker.warning).toBeUndefined();
    else expect(broker.warning).toContain(warning);
  }
});

test('one that is not there is refused', async () => {
  const server = await aServer();
  await server.kill();

  expect(await refusal(server.url)).toMatch(/ECONNREFUSED.*Check that it runs and can be reached\.$/);
});

test('one that wants another password is refused, and none is shown', async () => {
  const { port } = await aServer(['appendonly', 'yes'], ['requirepass', 'right']);

  const wrong = await refusal(`redis://:wr0ng@127.0.0.1:${port}`);
  const none = await refusal(`redis://127.0.0.1:${port}`);

  expect(wrong).toMatch(/WRONGPASS.*Check the user and the password\.$/);
  expect(wrong).not.toContain('wr0ng');
  expect(none).toMatch(/NOAUTH.*check the user and the password\.$/);
  const broker = await openBroker(`redis://:right@127.0.0.1:${port}`);
  broker.destroy();
});

test('one that throws messages away when it is full is refused', async () => {
  const { url } = await aServer(
    ['appendonly', 'yes'],
    ['maxmemory', '100mb'],
    ['maxmemory-policy', 'allkeys-lru'],
  );

  expect(await refusal(url)).toContain('its maxmemory-policy is allkeys-lru');
});

test('a replica is refused', async () => {
  const main = await aServer(['appendonly', 'yes']);
  const copy = await aServer(['appendonly', 'yes'], ['replicaof', `127.0.0.1 ${main.port}`]);

  expect(await refusal(copy.url)).toContain('it is a replica');
});

test('one of a cluster is refused', async () => {
  const { url } = await aServer(['appendonly', 'yes'], ['cluster-enabled', 'yes']);

  expect(await refusal(url)).toContain('it is one of a cluster');
});

test('whoever names one that is refused is told so in one line, with exit code 2', async () => {
  const { url } = await aServer();

  const { code, stdout, stderr } = await runCli('demo', '--bus', url);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^demo: cannot use "redis:.*its appendonly is off.*\n$/);
});

test('one that is too old is refused', async () => {
  const info = 'redis_version:6.2.14\r\nrole:master\r\naof_enabled:1';
  const old = createServer((socket) => {
    socket.on('data', (bytes) => {
      for (const command of bytes.toString().split(/(?=^\*\d+\r\n)/m))
        socket.write(/\bINFO\b/.test(command) ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(old, 'listening');
  onTestFinished(() => void old.close());

  expect(await refusal(`redis://127.0.0.1:${(old.address() as AddressInfo).port}`)).toContain(
    'it is version 6.2.14. Take one of version 7 or newer.',
  );
});

test.each([
  ['redis://', 'it is no URL of one'],
  ['redis://host:6379/zero', 'its database is no number: "zero"'],
  ['redis://host?persistance=none', '"persistance" is none of persistence, replicas'],
  ['redis://host?persistence=some', 'persistence "some" is none of required, none'],
])('%s is refused', async (url, why) => {
  expect(await refusal(url)).toContain(why);
});
