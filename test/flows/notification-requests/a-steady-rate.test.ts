import { expect, test } from 'vitest';
import { LoadMeter } from '../../../src/flows/notification-requests/load-meter.ts';
import { submitSteadily } from '../../../src/flows/notification-requests/submit.ts';
import type { Submitter } from '../../../src/flows/notification-requests/submitter.ts';

const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    place: `#${index + 1}`,
    request: { userId: 'kim', channels: ['sms'], message: 'Hi', priority: 'normal' as const },
  }));

/** A stopwatch that moves when somebody waits, and a submitter that says when what was offered. */
function aDesk({ mostAtOnce = Number.POSITIVE_INFINITY, freezesMs = 0 } = {}) {
  let nowMs = 0;
  const offered: [place: string, atMs: number, sinceMs: number][] = [];
  let inHand = 0;
  const submitter = {
    get inHand() {
      return inHand >= mostAtOnce ? 10_000 : inHand;
    },
    async offer({ place }: { place: string }, sinceMs: number) {
      offered.push([place, nowMs, sinceMs]);
      inHand++;
      // As if the process was busy with the first for so long.
      if (offered.length === 1) nowMs += freezesMs;
    },
    async rest() {},
  } as unknown as Submitter;
  const pause = async () => {
    nowMs += 1;
    inHand = 0;
  };
  return { submitter, offered, stopwatch: () => nowMs, pause };
}

const calmly = { signal: new AbortController().signal, onThrough: () => {} };

test('each request is sent when it is its turn, and not before', async () => {
  const { submitter, offered, ...time } = aDesk();

  expect(await submitSteadily(submitter, entries(4), { ...calmly, ...time, ratePerSecond: 100 })).toBe(true);

  expect(offered.map(([, atMs]) => atMs)).toEqual([0, 10, 20, 30]);
});

test('the time of those that had to wait counts from their turn', async () => {
  const { submitter, offered, ...time } = aDesk({ freezesMs: 25 });

  await submitSteadily(submitter, entries(4), { ...calmly, ...time, ratePerSecond: 100 });

  expect(offered).toEqual([
    ['#1', 0, 0],
    ['#2', 25, 10],
    ['#3', 25, 20],
    ['#4', 30, 30],
  ]);
});

test('no more than so many are let in at once', async () => {
  const { submitter, offered, ...time } = aDesk({ mostAtOnce: 2 });

  await submitSteadily(submitter, entries(6), { ...calmly, ...time, ratePerSecond: 100_000 });

  expect(offered.map(([, atMs]) => atMs)).toEqual([0, 1, 1, 2, 2, 3]);
});

test('an interruption sends no more', async () => {
  const { submitter, offered, pause, stopwatch } = aDesk();
  const stop = new AbortController();
  const stopping = async () => {
    await pause();
    if (offered.length === 2) stop.abort();
  };
  const manner = { ...calmly, signal: stop.signal, stopwatch, pause: stopping, ratePerSecond: 100 };

  expect(await submitSteadily(submitter, entries(5), manner)).toBe(false);
  expect(offered).toHaveLength(2);
});

test('percentiles are those of the times that were met, to three digits', () => {
  const meter = new LoadMeter();
  for (let ms = 1; ms <= 1000; ms++) meter.add(ms);

  const { perSecond, latencyMs } = meter.figures(2000, undefined);

  expect(perSecond).toBe(500);
  expect(latencyMs?.p50).toBeCloseTo(500, -1);
  expect(latencyMs?.p95).toBeCloseTo(950, -1);
  expect(latencyMs?.p99).toBeCloseTo(990, -1);
  expect(latencyMs?.max).toBeCloseTo(1000, -1);
});

test('where nothing got through there are no percentiles', () => {
  expect(new LoadMeter().figures(100, 50)).toEqual({ perSecond: 0, askedPerSecond: 50, latencyMs: null });
});
