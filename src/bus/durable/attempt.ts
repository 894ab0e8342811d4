import { DatastoreUnavailableError } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { type Clock, type Random, type RetryPolicy, retryDelayMs } from '../../kernel/index.ts';
import { deadMessage } from '../dead-letter.ts';
import { PutOffError } from '../errors.ts';
import { type AnySubscriber, type Handled, invoke } from '../invoke.ts';
import type { KeptStates } from '../kept-states.ts';
import { partition } from '../partition.ts';
import type { Availability } from './availability.ts';
import type { Outcome, Participant, Task } from './outcome.ts';

export interface AttemptOptions {
  participant: Participant;
  subscriber: AnySubscriber;
  /** What time it is on the wall: of what is put on record. */
  clock: Clock;
  /** The same without steps: of when it is tried again. */
  steadyClock: Clock;
  random: Random;
  policy: RetryPolicy;
  states: KeptStates;
  availability: Pick<Availability, 'untilThere'>;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
}

const none: readonly never[] = [];
const nothing = { emitted: none, retry: undefined, dead: none, states: none, timers: none };

/** So often a handler that does not find its datastore is asked at one attempt, each time that the bus finds its own. */
const mostAsked = 3;

/**
 * Hands a message to its subscriber once, and says what is to become of it. That the datastore is away is no failure of the
 * message: its subject waits with it until that is back. Undefined: it is others' to say. Never rejects.
 */
export async function attempt(task: Task, options: AttemptOptions): Promise<Outcome | undefined> {
  for (let asked = 1; ; asked++) {
    try {
      return await handOver(task, options);
    } catch (thrown) {
      if (!(thrown instanceof DatastoreUnavailableError) || asked >= mostAsked)
        return failed(task, options, thrown);
      if (!(await options.availability.untilThere())) return undefined;
    }
  }
}

/** @throws whatever the subscriber throws. */
async function handOver(task: Task, options: AttemptOptions): Promise<Outcome> {
  const { participant, subscriber, clock, parse } = options;
  let { message } = task;
  try {
    if (!task.isParsed) message = parse(message);
  } catch (thrown) {
    return deadLettered(task, options, { thrown, attempts: task.attempt - 1 });
  }
  const handled = await invoke(subscriber, message, { attempt: task.attempt, states: options.states });
  const { emitted, givenUp } = handled;
  const given = givenUp && deadLettered(task, options, { thrown: givenUp.thrown, attempts: task.attempt });
  const kept = keptBy(participant.name, handled);
  if (emitted.length === 0) return { ...(given ?? { participant, task, ...nothing }), ...kept };
  const { accepted, refused } = partition(parse, emitted, clock.now());
  const dead = given ? [...refused, ...given.dead] : refused;
  return { participant, task, emitted: accepted, retry: undefined, dead, ...kept };
}

function failed(task: Task, options: AttemptOptions, thrown: unknown): Outcome {
  if (thrown instanceof PutOffError) return putOff(task, options, thrown.untilMs);
  if (task.attempt >= options.policy.maxAttempts)
    return deadLettered(task, options, { thrown, attempts: task.attempt });
  return tryAgain(task, options);
}

function tryAgain(task: Task, { participant, clock, steadyClock, random, policy }: AttemptOptions): Outcome {
  const dueAtMs = steadyClock.now() + retryDelayMs(policy, task.attempt, random);
  return waiting(task, participant, { attempts: task.attempt, dueAtMs, nowMs: clock.now() });
}

/** It was no attempt. */
const putOff = (task: Task, { participant, clock }: AttemptOptions, dueAtMs: number): Outcome =>
  waiting(task, participant, { attempts: task.attempt - 1, dueAtMs, nowMs: clock.now() });

function waiting(
  task: Task,
  participant: Participant,
  { attempts, dueAtMs, nowMs }: { attempts: number; dueAtMs: number; nowMs: number },
): Outcome {
  const { position, firstFailedAtMs } = task;
  const retry = {
    subscriber: participant.name,
    position,
    attempts,
    dueAtMs,
    firstFailedAtMs: firstFailedAtMs ?? nowMs,
  };
  return { participant, task, ...nothing, retry };
}

function keptBy(subscriber: string, { states, timers }: Handled): Pick<Outcome, 'states' | 'timers'> {
  if (states.length + timers.length === 0) return { states: none, timers: none };
  return {
    states: states.map(({ key, version, json }) => ({ subscriber, key, version: version + 1, value: json })),
    timers: timers.map(({ key, timer, json }) => ({
      subscriber,
      key,
      timer: timer && { dueAtMs: timer.dueAtMs, messageId: timer.message.id, message: json ?? 'null' },
    })),
  };
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
  return { participant, task, ...nothing, dead: [letter] };
}
