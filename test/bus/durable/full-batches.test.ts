import { expect, onTestFinished, test } from 'vitest';
import { GroupCommit } from '../../../src/bus/durable/group-commit.ts';
import type { Outcome, Participant } from '../../../src/bus/durable/outcome.ts';
import { openDatastore } from '../../../src/datastore/index.ts';
import { InFlightCounter } from '../../../src/kernel/index.ts';
import { manyTurns, nextTurn } from '../../support/bus.ts';
import { eventMaker } from '../../support/events.ts';

/** As many outcomes may wait for their commit. */
const mostOutcomes = 4096;

/** A writer whose handlers never rest, so that it waits as long as it may, and how many outcomes it has committed. */
function aBusyWriter() {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  const message = eventMaker().registered('kim');
  const done = { committed: 0, outages: 0 };
  const participant: Participant = {
    name: 'mailer',
    advance: () => undefined,
    dropped: () => {},
    committed(outcomes) {
      done.committed += outcomes.length;
    },
  };
  const writer = new GroupCommit({
    consumption: datastore.consumption,
    token: undefined,
    ready: () => undefined,
    onLost: () => {},
    isMoreComing: () => true,
    onCommitted: () => {},
    onOutage: () => void done.outages++,
    inFlight: new InFlightCounter(),
  });
  const add = (count: number): void => {
    for (let position = 1; position <= count; position++) {
      const task = { subject: 'kim', position, message, isParsed: true, attempt: 1, firstFailedAtMs: null };
      const outcome: Outcome = {
        participant,
        task,
        emitted: [],
        retry: undefined,
        states: [],
        timers: [],
        dead: [],
      };
      writer.add(outcome);
    }
  };
  return { writer, done, add, datastore };
}

test('there is room until as many outcomes wait for their commit as may', async () => {
  const { writer, add } = aBusyWriter();

  add(mostOutcomes - 1);
  expect(writer.hasRoom).toBe(true);
  add(1);
  expect(writer.hasRoom).toBe(false);

  await nextTurn();
  expect(writer.hasRoom).toBe(true);
});

test('a batch that is full waits for nobody, one that is not waits for others', async () => {
  const { done, add } = aBusyWriter();

  add(mostOutcomes - 1);
  await nextTurn();
  await nextTurn();
  expect(done.committed).toBe(0);
  add(1);
  await nextTurn();

  expect(done.committed).toBe(mostOutcomes);
});

test('a batch that never fills up is committed all the same', async () => {
  const { done, add } = aBusyWriter();

  add(3);
  await manyTurns();

  expect(done).toEqual({ committed: 3, outages: 0 });
});

test('while the datastore cannot be written there is no room, and nothing is forgotten', async () => {
  const { writer, done, add, datastore } = aBusyWriter();
  const { commit } = datastore.consumption;
  let isBroken = true;
  datastore.consumption.commit = async (batch) => {
    if (isBroken) throw new Error('locked');
    return commit(batch);
  };
  add(3);
  await manyTurns();
  expect({ hasRoom: writer.hasRoom, ...done }).toEqual({ hasRoom: false, committed: 0, outages: 1 });

  isBroken = false;
  await writer.write();

  expect({ hasRoom: writer.hasRoom, ...done }).toEqual({ hasRoom: true, committed: 3, outages: 1 });
});
