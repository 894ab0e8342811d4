import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { VirtualClock } from '../../../src/kernel/index.ts';
import { replay } from '../../../src/lab/replay/replay.ts';
import { limitAfterStop, listenForStop } from '../../../src/shop/stopping.ts';
import { addHelmet, at, order, register, writeHistory } from './history.ts';

const asleep = register({ quietHours: { start: '22:00', end: '07:00' } });

const orders = Array.from({ length: 20 }, (_, index) => at('2026-03-02T23:00:00Z', order(`order-${index}`)));

test('a stop takes no more commands, finishes what is in hand, and leaves the rest pending', async () => {
  const history = [at('2026-03-02T22:30:00Z', addHelmet), at('2026-03-02T22:30:00Z', asleep), ...orders];
  const { file, folder, report } = writeHistory(...history);
  const stop = new AbortController();
  const data = join(folder, 'shop.db');
  let lines = 0;

  const result = await replay({
    file,
    report,
    data,
    signal: stop.signal,
    onProgress: () => {
      if (++lines === 5) stop.abort();
    },
  });

  expect(result).toMatchObject({ wasStopped: true, commands: 5, reportLines: undefined });
  expect(existsSync(report)).toBe(false);
  const datastore = openDatastore({ file: data });
  // The welcome and three confirmations by email; three SMS wait for the morning.
  expect(await datastore.ledger.counts()).toMatchObject({ sent: 4, pending: 3 });
  await datastore.close();
});

test('a history that ends without a stop was not stopped', async () => {
  const { file } = writeHistory(at('2026-03-02T22:30:00Z', addHelmet));

  expect(await replay({ file, signal: new AbortController().signal })).toMatchObject({ wasStopped: false });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('the first %s asks to stop, the second ends the process at once', (name, code) => {
  const events = new EventEmitter();
  const exit = vi.fn<(code?: number) => never>();
  const { signal } = listenForStop(events, exit as never);

  events.emit(name, name);
  expect(signal.aborted).toBe(true);
  expect(exit).not.toHaveBeenCalled();

  events.emit(name, name);
  expect(exit).toHaveBeenCalledWith(code);
});

test('once released, a signal has its usual effect again', () => {
  const events = new EventEmitter();
  const { release } = listenForStop(events);

  release();

  expect(events.listenerCount('SIGINT') + events.listenerCount('SIGTERM')).toBe(0);
});

test('work may take as long as it likes until a stop, and then 15 seconds for all of it', async () => {
  const clock = new VirtualClock(0);
  const stop = new AbortController();
  const inTime = limitAfterStop(stop.signal, { clock });
  const ended: string[] = [];
  const never = (name: string): void => void inTime(new Promise(() => {})).then(() => ended.push(name));
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  never('begun before');
  await clock.advanceTo(60_000, turn);
  stop.abort();
  await clock.advanceTo(70_000, turn);
  never('begun behind');
  expect(await inTime(Promise.resolve('done'))).toBe('done');
  await clock.advanceTo(74_999, turn);
  expect(ended).toEqual([]);

  await clock.advanceTo(75_000, turn);
  expect(ended).toEqual(['begun before', 'begun behind']);
  expect(clock.nextDueMs()).toBeUndefined();
});
