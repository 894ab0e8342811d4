import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../../src/demo/requests/run.ts';

test('an interruption finishes what is in hand, leaves the rest, and is no failure', async () => {
  const interruption = new AbortController();
  const stdout = new PassThrough({ highWaterMark: 2 ** 24 });
  let text = '';
  stdout.on('data', (chunk) => {
    text += chunk;
    interruption.abort();
  });
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };

  const isWell = await run({ stress: 5000, verbose: true, seed: 1, streams, interruption });

  expect(isWell).toBe(true);
  expect(text).toContain('interrupted: what was in hand is done, the rest was not sent');
  const [shown = 0] = [text.match(/^ {2}[✓–] #/gm)?.length];
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(5000);
  expect(text).toMatch(new RegExp(`^✓ ${shown} requests: `, 'm'));
});

test('one that comes before anything was sent sends nothing', async () => {
  const interruption = new AbortController();
  interruption.abort();
  const stdout = new PassThrough();
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };

  await run({ stress: 10, seed: 1, streams, interruption });

  expect(String(stdout.read())).toContain('✓ 0 requests');
});
