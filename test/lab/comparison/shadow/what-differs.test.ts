import { describe, expect, it } from 'vitest';
import { architectureNames } from '../../../../src/shop/world.ts';
import { at, order, ship } from '../../replay/history.ts';
import { aMonth, chat, historyOf, refusingSms, shadowOf } from './two-shops.ts';

describe('nothing differs', () => {
  it.each(architectureNames.slice(1))('between event-sourced and %s', async (architecture) => {
    const { result, lines } = await shadowOf({ architecture });

    expect(lines).toEqual([]);
    expect(result).toMatchObject({ differences: { count: 0, kinds: {}, groups: [] }, refusals: [] });
    expect(result?.candidate.deliveries).toEqual(result?.current.deliveries);
    expect(result?.current.deliveries).toMatchObject({ requested: 16, pending: 0 });
  });

  it('on the durable bus', async () => {
    const { result } = await shadowOf(
      { architecture: 'command-driven', bus: 'durable' },
      { current: { architecture: 'event-sourced', bus: 'durable' } },
    );

    expect(result).toMatchObject({
      current: { architecture: 'event-sourced', bus: 'durable' },
      candidate: { architecture: 'command-driven', bus: 'durable' },
      differences: { count: 0 },
    });
  });
});

it('a provider that refuses makes other ends, each of which is named', async () => {
  const { result, lines } = await shadowOf({ architecture: 'pipeline', channels: [refusingSms] });

  // The first refusal suppresses the number that the two of them share.
  expect(lines).toEqual([
    '2026-03-02 10:03  order-confirmed order-k, kim sms: sent → dead-lettered: rejected',
    expect.stringMatching(/^2026-03-02 23:00 {2}order-shipped order-k, kim sms: sent → skipped: suppressed/),
    '2026-03-14 12:00  price-drop helmet, kim sms: sent → skipped: suppressed',
    '2026-03-28 12:00  price-drop helmet, kim sms: sent → skipped: suppressed',
    '2026-03-02 10:04  order-confirmed order-l, lee sms: sent → skipped: suppressed',
  ]);
  expect(result?.differences).toMatchObject({ count: 5, kinds: { status: 5, reason: 5 } });
  expect(result?.differences.groups[0]).toEqual({
    notification: 'price-drop',
    channel: 'sms',
    current: 'sent',
    candidate: 'skipped: suppressed',
    count: 2,
  });
});

it('a channel that only one of them has is told of, whichever it is', async () => {
  const onlyThere = await shadowOf({ architecture: 'api-driven', channels: [chat] });
  const onlyHere = await shadowOf(
    { architecture: 'api-driven' },
    { current: { architecture: 'event-sourced', channels: [chat] } },
  );

  expect(onlyThere.lines[0]).toBe(
    '2026-03-02 10:03  order-confirmed order-k, kim chat: not requested → skipped: opted_out',
  );
  expect(onlyThere.result?.differences).toMatchObject({ count: 4, kinds: { added: 4 } });
  expect(onlyHere.lines[0]).toBe(
    '2026-03-02 10:03  order-confirmed order-k, kim chat: skipped: opted_out → not requested',
  );
  expect(onlyHere.result?.differences).toMatchObject({ count: 4, kinds: { missing: 4 } });
});

it('lines that both refuse are no difference, and are told of once', async () => {
  const badLines: number[] = [];
  const file = historyOf([...aMonth, at('2026-03-28T12:01:00Z', ship('order-x')), 'not JSON']);
  const { result } = await shadowOf(
    { architecture: 'api-driven' },
    { file, onBadLine: ({ lineNumber }) => badLines.push(lineNumber) },
  );

  expect(badLines).toEqual([11, 12]);
  expect(result).toMatchObject({
    current: { commands: 10, refused: 1, unreadable: 1 },
    candidate: { commands: 10, refused: 1, unreadable: 1 },
    refusals: [],
  });
});

it('of a run that is stopped nothing is said', async () => {
  const stop = new AbortController();
  stop.abort();

  const { result, lines } = await shadowOf({ architecture: 'api-driven' }, { signal: stop.signal });

  expect(result).toBeUndefined();
  expect(lines).toEqual([]);
});

it('progress goes from nothing to all, over both', async () => {
  const seen: number[] = [];
  await shadowOf({ architecture: 'api-driven' }, { onProgress: (done) => seen.push(done) });

  expect(seen.toSorted((one, other) => one - other)).toEqual(seen);
  expect(Math.min(...seen)).toBeLessThan(0.1);
  expect(seen.at(-1)).toBe(1);
});

it('a history that is not there is bad input', async () => {
  await expect(shadowOf({ architecture: 'api-driven' }, { file: 'nowhere.ndjson' })).rejects.toMatchObject({
    code: 'bad_input',
  });
});

it('the same command given by many customers keeps them apart', async () => {
  const orders = Array.from({ length: 30 }, (_, index) =>
    at('2026-03-02T10:06:00Z', order(`order-${index}`)),
  );
  const file = historyOf([...aMonth.slice(0, 5), ...orders]);

  expect((await shadowOf({ architecture: 'command-driven' }, { file })).lines).toEqual([]);
});
