import { expect, it } from 'vitest';
import { Held } from '../../src/http/held.ts';
import { VirtualClock } from '../../src/kernel/index.ts';

function aHeld({ tookMs = 100 } = {}) {
  const clock = new VirtualClock(0);
  const held = new Held<number>(clock);
  const pass = (ms: number) => clock.advanceTo(clock.now() + ms, async () => {});
  let asked = 0;
  const reckon = async () => {
    const waited = new Promise<void>((resolve) => clock.schedule(clock.now() + tookMs, resolve));
    asked++;
    await waited;
    return asked;
  };
  /** Asks, and lets it take its time where it is reckoned. */
  const ask = async (key = 'hour') => {
    const given = held.get(key, reckon);
    await pass(tookMs);
    return given;
  };
  return { pass, held, ask, reckon };
}

it('gives what took a while for ten times as long, then reckons it anew', async () => {
  const { pass, held, ask, reckon } = aHeld();
  expect(await ask()).toBe(1);

  await pass(999);
  expect(await held.get('hour', reckon)).toBe(1);
  await pass(1);
  expect(await ask()).toBe(2);
});

it('reckons once for all who ask meanwhile, and apart for what is another', async () => {
  const { pass, held, reckon } = aHeld();
  const all = [held.get('hour', reckon), held.get('hour', reckon)];
  await pass(100);

  expect(await Promise.all(all)).toEqual([1, 1]);
  const other = held.get('day', reckon);
  await pass(100);
  expect(await other).toBe(2);
});

it('reckons what takes no time each time', async () => {
  const { ask } = aHeld({ tookMs: 0 });

  expect([await ask(), await ask()]).toEqual([1, 2]);
});

it('keeps nothing of what has failed', async () => {
  const { held, ask } = aHeld();

  await expect(held.get('hour', () => Promise.reject(new Error('locked')))).rejects.toThrow('locked');
  expect(await ask()).toBe(1);
});
