import { expect, test } from 'vitest';
import { Turns } from '../../src/delivery/turns.ts';
import { VirtualClock } from '../../src/kernel/index.ts';

function aLine() {
  const clock = new VirtualClock(0);
  const turns = new Turns(clock);
  const said: string[] = [];
  const come = (id: string): void =>
    turns.come('line', id, {
      proceed: () => said.push(`${id} goes`),
      putOff: (untilMs) => said.push(`${id} waits until ${untilMs}`),
    });
  return { clock, turns, said, come };
}

test('the next goes when the one before it is out of hand', () => {
  const { turns, said, come } = aLine();
  come('a');
  come('b');
  turns.leave('line', 'a');

  expect(said).toEqual(['a goes', 'b goes']);
});

test('what comes while the first waits in the ledger waits there too, as long', () => {
  const { turns, said, come } = aLine();
  come('a');
  turns.putOff('line', 'a', 50);
  come('b');

  expect(said).toEqual(['a goes', 'b waits until 50']);
});

test('one whose time has come, and that is still in the ledger, keeps its turn', async () => {
  const { clock, turns, said, come } = aLine();
  come('a');
  turns.putOff('line', 'a', 50);
  await clock.advanceTo(60, async () => {});
  come('b');
  turns.putOff('line', 'b', 60);
  come('a');
  turns.leave('line', 'a');
  come('b');

  expect(said).toEqual(['a goes', 'b waits until 60', 'a goes', 'b goes']);
});

test('one that has not come when the one behind it comes for the second time is not waited for any more', async () => {
  const { clock, turns, said, come } = aLine();
  come('a');
  turns.putOff('line', 'a', 50);
  await clock.advanceTo(50, async () => {});
  come('b');
  turns.putOff('line', 'b', 51);
  await clock.advanceTo(51, async () => {});
  come('b');

  expect(said).toEqual(['a goes', 'b waits until 51', 'b goes']);
});

test('who comes before one whose time has just come is due behind it, and not with it', async () => {
  const { clock, turns, said, come } = aLine();
  come('a');
  turns.putOff('line', 'a', 50);
  await clock.advanceTo(50, async () => {});
  come('b');

  expect(said).toEqual(['a goes', 'b waits until 51']);
});

test('one whose turn comes after more than a minute goes back, to be asked again', async () => {
  const { clock, turns, said, come } = aLine();
  come('a');
  come('b');
  come('c');
  await clock.advanceTo(60_000, async () => {});
  turns.leave('line', 'a');
  expect(said).toEqual(['a goes', 'b goes']);

  await clock.advanceTo(60_001, async () => {});
  turns.leave('line', 'b');

  expect(said).toEqual(['a goes', 'b goes', 'c waits until 60001']);
});
