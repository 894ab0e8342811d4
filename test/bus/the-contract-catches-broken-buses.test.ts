import { expect, test } from 'vitest';
import {
  type Breakage,
  claimsToBeDurable,
  claimsToOrderAcrossWorkers,
  claimsToReadTheLog,
  claimsToRetry,
  closesWithoutFinishing,
  emitsBeforeTheHandlerHasSucceeded,
  forgetsTheOrderOfASubject,
  forgetsWhatWasHandled,
  handsOutMessagesThatChange,
  holdsUpASubjectBehindAFailure,
  letsAThrowReachThePublisher,
  losesDeadLetters,
  refusesAWholeCallForOneInvalidMessage,
  repeatsTheOthersWhenOneThrows,
  retriesInSecret,
  settlesBeforeWhatIsEmitted,
  takesASecondSubscriberForADuplicate,
  unbroken,
} from '../support/broken-buses.ts';
import type { BusHarness } from '../support/bus.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';
import { contractRows } from './contract.ts';

/** The sentences of the contract that a bus breaks. */
async function brokenRows(createHarness: () => Promise<BusHarness>): Promise<string[]> {
  const broken: string[] = [];
  for (const [sentence, row] of Object.entries(contractRows)) {
    await row(await createHarness()).catch(() => broken.push(sentence));
  }
  return broken;
}

const breakages: readonly [defect: Breakage, sentence: RegExp][] = [
  [forgetsTheOrderOfASubject, /^messages of one subject are handled in order/],
  [forgetsTheOrderOfASubject, /^of 10,000 random messages/],
  [forgetsWhatWasHandled, /^a repeated message has one effect/],
  [takesASecondSubscriberForADuplicate, /^a second subscriber of a message is not mistaken/],
  [letsAThrowReachThePublisher, /nor throws into the publisher$/],
  [repeatsTheOthersWhenOneThrows, /neither stops nor repeats the others/],
  [holdsUpASubjectBehindAFailure, /^a failed message does not hold up those behind it/],
  [emitsBeforeTheHandlerHasSucceeded, /^what a handler emits leaves only when it has succeeded/],
  [emitsBeforeTheHandlerHasSucceeded, /^what a failing handler emitted is never seen/],
  [settlesBeforeWhatIsEmitted, /^settling waits for what handlers emit/],
  [handsOutMessagesThatChange, /^a subscriber that changes a message fails/],
  [handsOutMessagesThatChange, /^what is deep inside a message/],
  [handsOutMessagesThatChange, /^what a handler emits cannot be changed/],
  [losesDeadLetters, /^a dead letter says who failed/],
  [refusesAWholeCallForOneInvalidMessage, /^a message of unknown type or version/],
  [closesWithoutFinishing, /^closing finishes what is in hand/],
  [claimsToBeDurable, /^durable: what was published outlives the process/],
  [claimsToBeDurable, /^durable: what was handled is remembered/],
  [claimsToRetry, /^retries: what failed once is tried again/],
  [claimsToReadTheLog, /^outbox: /],
  [claimsToOrderAcrossWorkers, /^workers: the order of a subject/],
  [retriesInSecret, /^retries: what always fails is tried as often as promised/],
];

const stories = breakages.map(([defect, sentence]) => ({ name: defect.name, defect, sentence }));

test.each(stories)('a bus that $name breaks the sentence $sentence', async ({ defect, sentence }) => {
  const rows = Object.entries(contractRows).filter(([title]) => sentence.test(title));
  expect(rows).toHaveLength(1);

  for (const [, row] of rows) await expect(row(await inMemoryHarness({}, defect))).rejects.toThrow();
});

test('a bus that handles one message at a time breaks the sentences on concurrency alone', async () => {
  const broken = await brokenRows(() => inMemoryHarness({ concurrency: 1 }));

  expect(broken).toEqual([
    'messages of different subjects are handled concurrently',
    'a slow message holds up no other subject',
  ]);
});

test('a bus that remembers one message breaks the sentence on repetition alone', async () => {
  const broken = await brokenRows(() => inMemoryHarness({ remembered: 1 }));

  expect(broken).toEqual(['a repeated message has one effect on each subscriber']);
});

test('a bus behind the same disguise, but unbroken, keeps every sentence', async () => {
  expect(await brokenRows(() => inMemoryHarness({}, unbroken))).toEqual([]);
});
