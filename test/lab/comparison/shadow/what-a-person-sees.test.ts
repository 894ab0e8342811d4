import { expect, it } from 'vitest';
import { shadowDocument } from '../../../../src/lab/comparison/shadow/words.ts';
import type { ShadowResult } from '../../../../src/lab/comparison/shadow.ts';
import { toLines } from '../../../../src/report/index.ts';
import { at, ship } from '../../replay/history.ts';
import { plain } from '../shown.ts';
import { aMonth, refusingSms, reportOf } from './two-shops.ts';

it('two that decide alike', async () => {
  expect(await reportOf({ architecture: 'api-driven' })).toEqual({
    areAlike: true,
    stdout: '✓ event-sourced and api-driven decide alike\n  16 deliveries of 10 commands\n',
    stderr: '',
  });
});

it('each difference on a line, then what it comes to', async () => {
  const { areAlike, stdout } = await reportOf({ architecture: 'command-driven', channels: [refusingSms] });

  const lines = stdout.split('\n');
  expect(areAlike).toBe(false);
  expect(lines[0]).toBe('2026-03-02 10:03  order-confirmed order-k, kim sms: sent → dead-lettered: rejected');
  expect(lines.slice(5)).toEqual([
    '',
    '✗ event-sourced and command-driven decide differently',
    '  5 of 16 deliveries of 10 commands',
    '  2 × price-drop sms: sent → skipped: suppressed',
    '  1 × order-confirmed sms: sent → dead-lettered: rejected',
    '  1 × order-shipped sms: sent → skipped: suppressed',
    '  1 × order-confirmed sms: sent → skipped: suppressed',
    '',
  ]);
});

it.each([
  ['with differences', [refusingSms], 5],
  ['without any', [], 0],
])('as JSON, %s', async (_, channels, count) => {
  const { stdout } = await reportOf({ architecture: 'pipeline', channels }, { json: true });

  const told = JSON.parse(stdout);
  expect(told).toMatchObject({
    current: { architecture: 'event-sourced', bus: 'in-memory', commands: 10 },
    candidate: { architecture: 'pipeline', bus: 'in-memory', commands: 10 },
    refusals: [],
    summary: { count },
  });
  expect(told.differences).toHaveLength(count);
  if (count > 0) {
    expect(told.differences[0]).toEqual({
      kinds: ['status', 'reason'],
      notification: 'order-confirmed',
      customerId: 'kim',
      channel: 'sms',
      subject: 'order-k',
      occurredAt: '2026-03-02T10:03:00.000Z',
      current: { status: 'sent', reason: 'sent', settledAt: '2026-03-02T10:03:00.000Z' },
      candidate: { status: 'dead_lettered', reason: 'rejected', settledAt: '2026-03-02T10:03:00.000Z' },
      wording: [],
    });
  }
});

it('bad lines on stderr, twenty of them', async () => {
  const badLines = Array.from({ length: 25 }, () => at('2026-03-28T12:01:00Z', ship('order-x')));
  const { areAlike, stderr } = await reportOf(
    { architecture: 'api-driven' },
    { lines: [...aMonth, ...badLines] },
  );

  const told = stderr.trimEnd().split('\n');
  expect(areAlike).toBe(true);
  expect(told).toHaveLength(21);
  expect(told[0]).toBe('line 11: there is no order "order-x". Check the id, or create the order first.');
  expect(told.at(-1)).toBe('… and 5 more bad lines');
});

it('refusals, dead messages, and more ways to differ than anybody would read', () => {
  const run = {
    architecture: 'event-sourced',
    bus: 'in-memory',
    commands: 1200,
    refused: 1,
    unreadable: 0,
    deliveries: { requested: 2000, sent: 2000, skipped: 0, deadLettered: 0, pending: 0 },
    deadMessages: 0,
  };
  const group = { notification: 'welcome', channel: 'email', current: 'sent', candidate: 'not requested' };
  const result: ShadowResult = {
    current: run,
    candidate: { ...run, architecture: 'pipeline', deadMessages: 3 },
    differences: {
      count: 1500,
      kinds: { missing: 1400, added: 100 },
      groups: Array.from({ length: 22 }, (_, index) => ({ ...group, count: 100 - index })),
    },
    refusals: [{ lineNumber: 7, current: undefined, candidate: 'unknown_order' }],
  };

  const lines = toLines(shadowDocument(result), plain(44));

  expect(lines.slice(0, 5)).toEqual([
    '✗ event-sourced and pipeline decide',
    'differently',
    '  1,500 of 2,100 deliveries of 1,200',
    '    commands',
    '  100 × welcome email: sent → not',
  ]);
  expect(lines.slice(-5)).toEqual([
    '  81 × welcome email: sent → not requested',
    '  and in 2 other ways',
    '  line 7 of the history: taken → refused:',
    '    unknown_order',
    '  messages that nobody could handle: 0 → 3',
  ]);
});
