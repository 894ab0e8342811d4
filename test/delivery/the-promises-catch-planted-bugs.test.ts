import { describe, expect, it } from 'vitest';
import { CircuitBreaker, type Permit } from '../../src/kernel/circuit-breaker.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import {
  beforeNow,
  beyondTheCap,
  dropsWhatIsRedriven,
  forgetsToMakeItDue,
  forgetsWhatWasRequested,
  NeverHalfOpen,
} from './planted-bugs.ts';
import { findsBackToAProvider, keepsToTheCap, sendsNothingTwice, sendsWhatIsRedriven } from './promises.ts';

class HalfOpenToAll extends CircuitBreaker {
  override enter(): Permit | undefined {
    return super.enter() ?? (this.state === 'half-open' ? 0 : undefined);
  }
}

class NeverCloses extends CircuitBreaker {
  override succeeded(): void {}
}

describe('sending nothing twice', () => {
  it('is kept', () => sendsNothingTwice({}));

  it('is seen to be broken without a look at what was requested before', async () => {
    await expect(sendsNothingTwice({ alterDatastore: forgetsWhatWasRequested })).rejects.toThrow();
  });
});

describe('finding back to a provider', () => {
  it('is kept', () => findsBackToAProvider((options) => new CircuitBreaker(options)));

  it.each([
    ['never half-opens', NeverHalfOpen],
    ['half-opens to all', HalfOpenToAll],
    ['never closes again', NeverCloses],
  ])('is seen to be broken by a breaker that %s', async (_, Broken) => {
    await expect(findsBackToAProvider((options) => new Broken(options))).rejects.toThrow();
  });
});

describe('keeping to the cap', () => {
  it.each([1, 2, 3])('is kept, whatever the seed (%i)', (seed) => keepsToTheCap(seededRandom(seed)));

  it.each([
    ['may exceed the cap', beyondTheCap],
    ['lies before now', beforeNow],
  ])('is seen to be broken by jitter that %s', async (_, random) => {
    await expect(keepsToTheCap(random)).rejects.toThrow();
  });
});

describe('sending what is re-driven', () => {
  it('is kept', () => sendsWhatIsRedriven({}));

  it.each([
    ['drops a dead letter that is re-driven', dropsWhatIsRedriven],
    ['lets it lie', forgetsToMakeItDue],
  ])('is seen to be broken by a ledger that %s', async (_, alterDatastore) => {
    await expect(sendsWhatIsRedriven({ alterDatastore })).rejects.toThrow();
  });
});
