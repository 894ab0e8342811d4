import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { run } from '../../../src/demo/requests/run.ts';
import { fileWith, runHere } from './a-run.ts';

test('the samples show each way in which a request can end, all as expected', async () => {
  const { isWell, stdout, stderr } = await runHere();

  expect({ isWell, stderr }).toEqual({ isWell: true, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines).toContain(
    '  ✓ #1       ada       email, sms                Your order ord-1001 has shipped!',
  );
  expect(lines).toContain('         sms skipped: no_contact, no address for this channel');
  expect(lines).toContain('         sms failed: rejected, the provider refused it for good');
  expect(lines).toContain('         unknown_user: nobody is known as "zoe"');
  expect(lines).toContain('Dead-letter queue: 1 message');
  expect(stdout).toMatch(
    /^ {2}sms: DeliveryRouted to erin, rejected: the recipient is blocked; own-text:[0-9a-f-]{36}\/sms:erin:sms$/m,
  );
  expect(lines).toContain('         10 events handled, 13 emitted');
  expect(lines).toContain('Audit log: 12 deliveries');
  expect(lines).toContain('  10:00:00  #5       finn      email    skipped: suppressed');
  expect(stdout).toMatch(
    /^ {2}sms {7}4 received, 4 emitted, 1 failed, 1 dead; min .* ms, mean .* ms, max .* ms$/m,
  );
  expect(lines.at(-2)).toMatch(/^✓ 9 samples as expected: 4 sent, 1 skipped, 1 failed, 3 refused in .* s$/);
});

test('a file with requests that do not get through is no success, and the good ones are sent', async () => {
  const file = fileWith(
    'requests.csv',
    'user_id,channels,message,priority\nuser_001,email,"Hi, you",high\nzoe,fax,,urgent\nben,sms\n',
  );

  const { isWell, stdout } = await runHere({ file });

  expect(isWell).toBe(false);
  expect(stdout.split('\n').slice(0, 11)).toEqual([
    '  ✓ line 2   user_001  email                     Hi, you',
    '         4 events handled, 4 emitted',
    '  ✗ line 3   zoe',
    '         unknown_user: nobody is known as "zoe"',
    '         unknown_channel: there is no channel "fax"; known: email, sms, push, webhook',
    '         empty_message: the message is empty',
    '         unknown_priority: there is no priority "urgent"; known: low, normal, high, critical',
    '         1 event handled, 1 emitted',
    '  ✗ line 4',
    '         unreadable: it has 2 columns and the first row 4',
    '',
  ]);
  expect(stdout).toMatch(/^✗ 3 requests: 1 sent, 1 refused, 1 unreadable in .* deliveries\/s\)$/m);
});

test.each(['requests.csv', 'requests.json'])('the example %s gets through whole', async (name) => {
  const { isWell, stdout } = await runHere({ file: `examples/${name}` });

  expect(isWell).toBe(true);
  expect(stdout).not.toContain('skipped');
});

test('as JSON it is one object with everything in it', async () => {
  const { stdout, stderr } = await runHere({ json: true });

  expect(stderr).toBe('');
  const run = JSON.parse(stdout);
  expect(run).toMatchObject({ kind: 'samples', isWell: true, isComplete: true });
  expect(run.requests).toHaveLength(9);
  expect(run.requests[5]).toMatchObject({
    place: '#6',
    userId: 'erin',
    status: 'failed',
    deliveries: [
      { channel: 'email', outcome: 'sent', attempts: 1, time: '2026-03-02T10:00:00.000Z' },
      { channel: 'sms', outcome: 'failed', reason: 'rejected' },
    ],
  });
  expect(run.deadLetters).toMatchObject([{ stage: 'sms', userId: 'erin', code: 'rejected', attempts: 1 }]);
  expect(run.audit).toHaveLength(12);
  expect(run.statistics.stages.map(({ stage }: { stage: string }) => stage)).toEqual([
    'validate',
    'route',
    'email',
    'sms',
    'push',
    'webhook',
    'audit',
  ]);
  expect(run.activity).toEqual({ handled: 39, emitted: 45 });
  expect(run.requests[5].activity).toEqual({ handled: 6, emitted: 7 });
});

test('what others wrote cannot command the terminal', async () => {
  const request = {
    userId: '\u001b[2Jzoe',
    channels: ['\u009b1m'],
    message: 'a\u001b]0;title\u0007b\nc\u202ed',
  };
  const file = fileWith('requests.json', JSON.stringify([request]));

  const { stdout } = await runHere({ file });

  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('a long audit log shows its end, and how much there was before', async () => {
  const { stdout } = await runHere({ stress: 100, verbose: true });

  const lines = stdout.split('\n');
  const start = lines.findIndex((line) => line.startsWith('Audit log: '));
  const total = Number(/\d+/.exec(lines[start] ?? '')?.[0]);
  expect(total).toBeGreaterThan(100);
  expect(lines[start + 1]).toBe(`  … ${total - 20} before these`);
  expect(lines.slice(start + 2, start + 22).every((line) => line.startsWith('  10:00:00  #'))).toBe(true);
  expect(lines[start + 22]).toBe('');
});

test('on a narrow terminal no line is longer than it is wide', async () => {
  const stdout = Object.assign(new PassThrough({ highWaterMark: 2 ** 24 }), { isTTY: true, columns: 50 });
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };

  await run({ seed: 1, streams, interruption: new AbortController() });

  const lines = stripVTControlCharacters(String(stdout.read())).split('\n');
  expect(lines.filter((line) => line.length > 50)).toEqual([]);
  expect(lines).toContain('         Your order ord-1001 has shipped!');
});
