import type { Message } from '../../events/index.ts';
import { type Clock, type Random, type RetryPolicy, retryDelayMs } from '../../kernel/index.ts';
import { deadMessage } from '../dead-letter.ts';
import { type AnySubscriber, invoke } from '../invoke.ts';
import type { Outcome, Participant, Task } from './outcome.ts';
import { partition } from './partition.ts';

export interface AttemptOptions {
  participant: Participant;
  subscriber: AnySubscriber;
  clock: Clock;
  random: Random;
  policy: RetryPolicy;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
}

const none: readonly never[] = [];

/** Hands a message to its subscriber once, and says what is to become of it. Never rejects. */
export async function attempt(task: Task, options: AttemptOptions): Promise<Outcome> {
  const { participant, subscriber, clock, parse } = options;
  let { message } = task;
  try {
    if (!task.isParsed) message = parse(message);
  } catch (thrown) {
    return deadLettered(task, options, { thrown, attempts: task.attempt - 1 });
  }
  try {
    const { emitted, givenUp } = await invoke(subscriber, message, task.attempt);
    const given = givenUp && deadLettered(task, options, { thrown: givenUp.thrown, attempts: task.attempt });
    if (emitted.length === 0)
      return given ?? { participant, task, emitted: none, retry: undefined, dead: none };
    const { accepted, refused } = partition(parse, emitted, clock.now());
    const dead = given ? [...refused, ...given.dead] : refused;
    return { participant, task, emitted: accepted, retry: undefined, dead };
  } catch (thrown) {
    if (task.attempt >= options.policy.maxAttempts)
      return deadLettered(task, options, { thrown, attempts: task.attempt });
    return tryAgain(task, options);
  }
}

function tryAgain(task: Task, { participant, clock, random, policy }: AttemptOptions): Outcome {
  const nowMs = clock.now();
  const retry = {
    subscriber: participant.name,
    position: task.position,
    attempts: task.attempt,
    dueAtMs: nowMs + retryDelayMs(policy, task.attempt, random),
    firstFailedAtMs: task.firstFailedAtMs ?? nowMs,
  };
  return { participant, task, emitted: none, retry, dead: none };
}

function deadLettered(
  task: Task,
  { participant, clock }: AttemptOptions,
  { thrown, attempts }: { thrown: unknown; attempts: number },
): Outcome {
  const nowMs = clock.now();
  const letter = deadMessage(task.message, thrown, {
    subscriber: participant.name,
    position: task.position,
    attempts,
    firstFailedAtMs: task.firstFailedAtMs ?? nowMs,
    lastFailedAtMs: nowMs,
  });
  return { participant, task, emitted: none, retry: undefined, dead: [letter] };
}
