import type { AuthRow } from '../../../src/flows/authentication/row.ts';

interface Counter {
  failures: number[];
  untilMs: number;
  minutes: number;
}

const minuteMs = 60_000;

/** One account with paper and pencil: each attempt looked at by itself, in its order. Who has it knows `right`, and has no second factor. */
export function naiveLocks(attempts: readonly AuthRow[], right: string) {
  const counters = new Map<string, Counter>();
  const devices = new Set<string>();
  const outcomes: string[] = [];
  const locks: string[] = [];
  for (const { atMs, device, password } of attempts) {
    const who = devices.has(device) ? device : 'anybody else';
    const counter = counters.get(who) ?? { failures: [], untilMs: 0, minutes: 0 };
    counters.set(who, counter);
    if (atMs < counter.untilMs) {
      outcomes.push('locked');
      continue;
    }
    if (password === right) {
      outcomes.push('session');
      devices.add(device);
      counters.delete(who);
      continue;
    }
    outcomes.push('wrong_credentials');
    counter.failures = counter.failures.filter((each) => each > atMs - 15 * minuteMs);
    counter.failures.push(atMs);
    if (counter.failures.length < 5) continue;
    if (atMs - counter.untilMs >= 24 * 60 * minuteMs) counter.minutes = 0;
    counter.minutes = counter.minutes === 0 ? 1 : Math.min(60, counter.minutes * 2);
    counter.untilMs = atMs + counter.minutes * minuteMs;
    counter.failures = [];
    locks.push(`${atMs} until ${counter.untilMs}`);
  }
  return { outcomes, locks };
}
