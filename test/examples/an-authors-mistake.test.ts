import { afterEach, expect, test, vi } from 'vitest';
import { playShopDay } from '../../examples/shop-day.ts';
import { ChannelError } from '../../src/delivery/index.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** What an author reads after a day, and how the process would end. */
async function endOfDay(options: Parameters<typeof playShopDay>[0]) {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  await playShopDay(options);
  return { lines, exitCode: process.exitCode };
}

test('a handler that throws is told of, once for each event, and the process fails', async () => {
  const { lines, exitCode } = await endOfDay({
    subscribers: [
      {
        name: 'broken',
        handles: ['OrderStatusChanged'],
        async handle({ data }) {
          if ('status' in data && data.status === 'delivered') throw new TypeError('points is not iterable');
        },
      },
    ],
  });

  expect(lines).toEqual([
    expect.stringMatching(
      /^broken could not handle OrderStatusChanged: points is not iterable \(an-authors-mistake\.test\.ts:\d+:\d+\)$/,
    ),
  ]);
  expect(exitCode).toBe(1);
});

test('a channel that cannot send is told of, and the process fails', async () => {
  const { lines, exitCode } = await endOfDay({
    channels: [
      {
        name: 'chat',
        templates: 'sms',
        async send() {
          throw new ChannelError('permanent', { message: 'no such room' });
        },
      },
    ],
  });

  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^chat could not send \S+: no such room$/);
  expect(exitCode).toBe(1);
});

test('a day on which nothing fails says nothing', async () => {
  expect(await endOfDay({})).toEqual({ lines: [], exitCode: undefined });
});
