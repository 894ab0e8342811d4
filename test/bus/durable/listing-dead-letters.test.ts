import { expect, test } from 'vitest';
import { recorder } from '../../support/bus.ts';
import { durableHarness } from '../../support/durable-bus.ts';
import { disguised } from '../../support/events.ts';

/** A bus that has refused this many messages. */
async function withDeadLetters(count: number) {
  const harness = await durableHarness();
  const refused = Array.from({ length: count }, () =>
    disguised({ ...harness.make.registered('kim'), type: 'Unknown' }),
  );
  await harness.bus.publish(refused);
  return harness.bus;
}

const idsOf = (letters: readonly { readonly id: string }[]): string[] => letters.map(({ id }) => id);

test('all are read page by page, from the oldest on', async () => {
  const bus = await withDeadLetters(5);

  expect(idsOf(await bus.deadLetters({ after: 'message-0', limit: 2 }))).toEqual(['message-1', 'message-2']);
  expect(idsOf(await bus.deadLetters({ after: 'message-2', limit: 2 }))).toEqual(['message-3', 'message-4']);
  expect(idsOf(await bus.deadLetters({ after: 'message-4', limit: 2 }))).toEqual(['message-5']);
  expect(idsOf(await bus.deadLetters({ after: 'message-5', limit: 2 }))).toEqual([]);
});

test('the letter after which to go on may be gone', async () => {
  const bus = await withDeadLetters(3);
  await bus.discard('message-2');

  expect(idsOf(await bus.deadLetters({ after: 'message-2' }))).toEqual(['message-3']);
});

test('without a beginning, the latest are given', async () => {
  const bus = await withDeadLetters(3);

  expect(idsOf(await bus.deadLetters({ limit: 2 }))).toEqual(['message-2', 'message-3']);
});

test('a bus knows who subscribes now, and to what', async () => {
  const { bus } = await durableHarness();
  const leave = bus.subscribe(recorder('mailer', ['PriceChanged']));
  bus.subscribe(recorder('auditor'));
  const standing = () => bus.subscribers.map(({ name, handles }) => [name, handles]);

  expect(standing()).toEqual([
    ['mailer', ['PriceChanged']],
    ['auditor', '*'],
  ]);

  leave();
  expect(standing()).toEqual([['auditor', '*']]);
});
