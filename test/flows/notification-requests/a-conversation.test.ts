import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/demo/requests/run.ts';
import { until } from '../../support/until.ts';
import { runHere } from './a-run.ts';

const order = "user_001 email,sms 'Your order shipped!' high";

describe('from a pipe', () => {
  const say = (...lines: string[]) =>
    runHere({ interactive: true, typed: lines.map((line) => `${line}\n`).join('') });

  test('requests are queued, and sent when it is said', async () => {
    const { isWell, stdout, stderr } = await say(order, 'ada sms Hello', 'send');

    expect({ isWell, stderr }).toEqual({ isWell: true, stderr: '' });
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      '#1 queued; `send` sends 1',
      '#2 queued; `send` sends 2',
      '  ✓ #1       user_001  email, sms                Your order shipped!',
      '         6 events handled, 7 emitted',
      '  ✓ #2       ada       sms                       Hello',
      '         4 events handled, 4 emitted',
    ]);
    expect(stdout).toContain('Audit log: 3 deliveries');
  });

  test('there may be many sends, and statistics in between', async () => {
    const { stdout } = await say(order, 'send', 'stats', order, 'send');

    expect(stdout.match(/Audit log: \d/g)).toEqual(['Audit log: 2', 'Audit log: 4']);
    expect(stdout).toMatch(/✓ 2 requests: 2 sent$/m);
  });

  test('a line that makes no sense is named, is no success, and does not stop the others', async () => {
    const { isWell, stdout, stderr } = await say('', "ada email 'Your order", order, 'send');

    expect(isWell).toBe(false);
    expect(stderr).toBe(
      "line 2: the quote ' in column 11 is never closed. Close it, or write \\' for the character itself.\n",
    );
    expect(stdout).toContain('  ✓ #1       user_001  email, sms');
    expect(stdout).toMatch(/✗ 2 requests: 1 sent, 1 unreadable$/m);
  });

  test('nothing is read behind quit, and what was not sent is said', async () => {
    const { stdout, stderr } = await say(order, 'quit', 'send');

    expect(stdout).toContain('Audit log: 0 deliveries');
    expect(stderr).toBe('1 queued, not sent\n');
  });

  test('help tells what to type, and sending nothing is no error', async () => {
    const { isWell, stdout } = await say('help', 'send');

    expect(isWell).toBe(true);
    expect(stdout).toContain(order);
    expect(stdout).toContain('nothing is queued');
  });

  test('as JSON, answers keep out of the result', async () => {
    const typed = `${order}\nsend\n`;
    const { stdout, stderr } = await runHere({ interactive: true, json: true, typed });

    expect(JSON.parse(stdout)).toMatchObject({ kind: 'prompt', tally: { sent: 1 } });
    expect(stderr).toBe('#1 queued; `send` sends 1\n');
  });
});

describe('at a terminal', () => {
  /** A terminal on which the story types. */
  function sitDown() {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const stdout = Object.assign(new PassThrough({ highWaterMark: 2 ** 24 }), { isTTY: true, columns: 100 });
    let screen = '';
    stdout.on('data', (chunk) => {
      screen += chunk;
    });
    const interruption = new AbortController();
    const ended = run({
      interactive: true,
      seed: 1,
      streams: { stdin, stdout, stderr: stdout },
      interruption,
    });
    return {
      ended,
      screen: () => screen,
      async type(text: string, answer: string) {
        const before = screen.length;
        stdin.write(text);
        await until(() => screen.slice(before).includes(answer));
      },
    };
  }

  const up = '\u001b[A';
  const controlC = '\u0003';
  const controlD = '\u0004';

  test('there is a prompt, with a history and with completion', async () => {
    const { ended, screen, type } = sitDown();
    await until(() => screen().includes('pipeline> '));

    await type('user_002 web\t', 'user_002 webhook');
    await type(' Hello\r', '#1 queued');
    await type(`${up}\r`, '#2 queued; `send` sends 2');
    await type('send\r', '#2       user_002');
    await type(controlD, '2 requests');

    expect(await ended).toBe(true);
  });

  test('Ctrl-C takes back the line, and on an empty one it leaves', async () => {
    const { ended, screen, type } = sitDown();
    await until(() => screen().includes('pipeline> '));
    await type('ada sms nonsense', 'nonsense');

    await type(controlC, 'pipeline> ');
    await type('ada sms Hello\r', '#1 queued; `send` sends 1');
    await type(controlC, '1 queued, not sent');

    expect(await ended).toBe(true);
  });

  test('a typing error is told, and forgiven', async () => {
    const { ended, screen, type } = sitDown();
    await until(() => screen().includes('pipeline> '));

    await type('sned\r', 'a request is: user channels message [priority]');
    await type('quit\r', 'Statistics');

    expect(await ended).toBe(true);
  });

  test('Ctrl-C in the middle of a send finishes what is in hand, and ends', async () => {
    const { ended, screen, type } = sitDown();
    await until(() => screen().includes('pipeline> '));
    await type('ada sms Hello\r'.repeat(1000), '#1000 queued');

    await type('send\r', '✓');
    await type(controlC, 'interrupted: what was in hand is done, the rest was not sent');

    expect(await ended).toBe(true);
    const sent = Number(/([\d,]+) sent/.exec(screen())?.[1]);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(1000);
    expect(screen()).toContain(`Audit log: ${sent} deliveries`);
  });
});
