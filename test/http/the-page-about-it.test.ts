import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { BreakableProviders, serveShop } from '../../src/http/index.ts';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';
import { createShop, stockSampleShop } from '../../src/shop/index.ts';

const page = readFileSync('docs/HTTP.md', 'utf8');
const run = promisify(execFile);

/** What is to be typed, a command each; one may go on behind a backslash. */
const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .filter((line) => line.startsWith('curl '));

/** Curl says that a stream did not end by itself. */
function endedInTime(thrown: { code?: number; stdout?: string }): { stdout: string } {
  if (thrown.code !== 28) throw thrown;
  return { stdout: thrown.stdout ?? '' };
}

test('everything that it says to type works, in its order', async () => {
  const clock = systemClock();
  const stop = new AbortController();
  const [email, sms] = [captureEmail({ clock }), captureSms()];
  const providers = new BreakableProviders([email, sms], clock);
  const server = await serveShop({
    host: '127.0.0.1',
    port: 0,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: { email: email.outbox, sms: sms.outbox },
    providers,
    unsubscribeSecrets: [],
    clock,
    logger: silentLogger,
    signal: stop.signal,
    async open() {
      const shop = await createShop({ channels: [...providers.channels], clock });
      await stockSampleShop(shop.datastore);
      return shop;
    },
  });
  const answers: { command: string; status: number }[] = [];
  for (const command of commands) {
    const asked = command.replaceAll('http://127.0.0.1:4400', server.url);
    const { stdout } = await run('bash', ['-c', `${asked} -w '\\n%{http_code}'`]).catch(endedInTime);
    answers.push({ command, status: Number(stdout.slice(-3)) });
  }
  stop.abort();
  await server.closed;

  expect(answers.length).toBeGreaterThan(3);
  // The one refusal is there to be seen.
  expect(answers.filter(({ status }) => status >= 300)).toEqual([
    { command: 'curl -s http://127.0.0.1:4400/nothing', status: 404 },
  ]);
});
