import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/kernel/circuit-breaker.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { minuteMs, noonMs } from '../support/requests.ts';

function openBreaker() {
  const clock = new VirtualClock(noonMs);
  const changes: string[] = [];
  const breaker = new CircuitBreaker({ clock, onChange: (state) => changes.push(state) });
  /** One message that fails, or succeeds. */
  const ask = (isWell: boolean): boolean => {
    const pass = breaker.enter();
    if (pass === undefined) return false;
    if (isWell) breaker.succeeded(pass);
    else breaker.failed(pass);
    return true;
  };
  return {
    clock,
    breaker,
    changes,
    ask,
    fail: (times: number) => {
      for (let count = 0; count < times; count++) ask(false);
    },
    pass: (ms: number) => clock.advanceTo(clock.now() + ms, async () => {}),
  };
}

describe('a breaker that is closed', () => {
  it('lets any number through', () => {
    const { breaker } = openBreaker();

    expect(breaker.state).toBe('closed');
    expect(breaker.permits).toBe(Number.POSITIVE_INFINITY);
    expect(breaker.readyAtMs).toBe(noonMs);
  });

  it('stays so with four failures in a row, and opens with the fifth', () => {
    const { breaker, fail } = openBreaker();

    fail(4);
    expect(breaker.state).toBe('closed');
    fail(1);
    expect(breaker.state).toBe('open');
  });

  it('counts from the beginning after a success', () => {
    const { breaker, fail, ask } = openBreaker();

    fail(4);
    ask(true);
    fail(4);

    expect(breaker.state).toBe('closed');
  });
});

describe('a breaker that is open', () => {
  it('lets nothing through for a minute', async () => {
    const { breaker, fail, ask, pass } = openBreaker();
    fail(5);

    expect(breaker.readyAtMs).toBe(noonMs + minuteMs);
    await pass(minuteMs - 1);
    expect(breaker.permits).toBe(0);
    expect(ask(true)).toBe(false);
  });

  it('is opened no longer by failures of what was under way', async () => {
    const { breaker, fail, pass } = openBreaker();
    const late = breaker.enter() ?? expect.fail();
    fail(5);
    await pass(minuteMs / 2);

    breaker.failed(late);

    expect(breaker.readyAtMs).toBe(noonMs + minuteMs);
  });

  it('is not closed by a success of what was under way', () => {
    const { breaker, fail } = openBreaker();
    const late = breaker.enter() ?? expect.fail();
    fail(5);

    breaker.succeeded(late);

    expect(breaker.state).toBe('open');
  });
});

describe('a breaker that has been open for a minute', () => {
  it('lets one message through, and no second one before it is answered', async () => {
    const { breaker, fail, pass } = openBreaker();
    fail(5);
    await pass(minuteMs);
    expect(breaker.permits).toBe(1);

    expect(breaker.enter()).toBeDefined();

    expect(breaker.state).toBe('half-open');
    expect(breaker.permits).toBe(0);
    expect(breaker.enter()).toBeUndefined();
  });

  it('is closed by its success, and counts from the beginning', async () => {
    const { breaker, changes, fail, ask, pass } = openBreaker();
    fail(5);
    await pass(minuteMs);

    ask(true);
    fail(4);

    expect(breaker.state).toBe('closed');
    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  it('is closed by nothing but its own success', async () => {
    const { breaker, fail, pass } = openBreaker();
    const late = breaker.enter() ?? expect.fail();
    fail(5);
    await pass(minuteMs);
    breaker.enter();

    breaker.succeeded(late);

    expect(breaker.state).toBe('half-open');
  });

  it('and that nobody has asked for half an hour since holds up nobody any more', async () => {
    const { breaker, changes, fail, pass } = openBreaker();
    fail(5);
    await pass(31 * minuteMs - 1);
    expect(breaker.permits).toBe(1);

    await pass(1);

    expect(breaker.permits).toBe(Number.POSITIVE_INFINITY);
    expect([breaker.enter(), breaker.enter()]).not.toContain(undefined);
    expect(changes).toEqual(['open', 'closed']);
  });

  it('is opened again by its failure, for another minute', async () => {
    const { breaker, changes, fail, pass } = openBreaker();
    fail(5);
    await pass(minuteMs);

    fail(1);

    expect(breaker.readyAtMs).toBe(noonMs + 2 * minuteMs);
    await pass(minuteMs - 1);
    expect(breaker.permits).toBe(0);
    await pass(1);
    expect(breaker.permits).toBe(1);
    expect(changes).toEqual(['open', 'half-open', 'open']);
  });
});

it('a breaker of its own policy keeps to that', async () => {
  const clock = new VirtualClock(noonMs);
  const breaker = new CircuitBreaker({ clock, policy: { failureThreshold: 1, resetAfterMs: 10 } });

  breaker.failed(breaker.enter() ?? expect.fail());

  expect([breaker.state, breaker.readyAtMs]).toEqual(['open', noonMs + 10]);
});
