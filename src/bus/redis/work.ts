import { DatastoreUnavailableError } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { type Clock, type Random, type RetryPolicy, retryDelayMs } from '../../kernel/index.ts';
import { deadMessage } from '../dead-letter.ts';
import { PutOffError } from '../errors.ts';
import type { Handled } from '../invoke.ts';
import { partition } from '../partition.ts';
import type { Poison, Task } from './entry.ts';
import { BrokerUnavailableError } from './errors.ts';
import type { Again } from './keys.ts';

/** What one message has come to, as the broker is told in one step. Numbers are texts: Lua would write long ones otherwise. */
export interface Work {
  readonly entry: string;
  readonly isAgain: boolean;
  /** By which it is remembered. */
  readonly message: string;
  readonly emitted: readonly string[];
  readonly dead: readonly string[];
  readonly states: readonly {
    readonly key: string;
    readonly version: string;
    readonly next: string;
    readonly json?: string;
  }[];
  readonly timers: readonly { readonly name: string; readonly dueAtMs: string; readonly json?: string }[];
  readonly retry?: { readonly dueAtMs: string; readonly json: string };
}

export interface WorkPorts {
  readonly subscriber: string;
  /** What time it is on the wall: of what is put on record. */
  readonly clock: Clock;
  /** The same without steps: of when it is tried again. */
  readonly steadyClock: Clock;
  readonly random: Random;
  readonly policy: RetryPolicy;
  parse(input: unknown): Message;
}

const none: readonly never[] = [];
const nothing = { emitted: none, dead: none, states: none, timers: none };

/** So long a message waits whose handler did not find its datastore, or the broker: that is no attempt. */
const outageMs = 5000;

const about = ({ entry, isAgain, message }: Task): Pick<Work, 'entry' | 'isAgain' | 'message'> => ({
  entry,
  isAgain,
  message: message.id,
});

/** The handler has succeeded, or given the message up. */
export function done(task: Task, handled: Handled, ports: WorkPorts): Work {
  const { emitted, givenUp, states, timers } = handled;
  const nowMs = ports.clock.now();
  const left = partition(ports.parse, emitted, nowMs);
  const scheduled = timers.map(({ key, timer }) => {
    const { accepted, refused } = partition(ports.parse, timer === null ? [] : [timer.message], nowMs);
    const [message] = accepted;
    return {
      refused,
      write: {
        name: `${ports.subscriber}\n${key}`,
        dueAtMs: String(timer?.dueAtMs ?? 0),
        ...(message && { json: JSON.stringify(message) }),
      },
    };
  });
  const refused = [...left.refused, ...scheduled.flatMap((each) => each.refused)];
  return {
    ...about(task),
    emitted: left.accepted.map((message) => JSON.stringify(message)),
    dead: [
      ...refused.map((letter) => JSON.stringify(letter)),
      ...(givenUp ? [letterOf(task, givenUp.thrown, ports)] : none),
    ],
    states: states.map(({ key, version, json }) => ({
      key,
      version: String(version),
      next: String(version + 1),
      ...(json !== null && { json }),
    })),
    timers: scheduled.map(({ write }) => write),
  };
}

/** It comes again, or is dead. */
export function failed(task: Task, thrown: unknown, ports: WorkPorts): Work {
  const { steadyClock, policy, random } = ports;
  if (thrown instanceof PutOffError) return again(task, task.attempt - 1, thrown.untilMs, ports);
  if (thrown instanceof DatastoreUnavailableError || thrown instanceof BrokerUnavailableError)
    return again(task, task.attempt - 1, steadyClock.now() + outageMs, ports);
  if (task.attempt >= policy.maxAttempts)
    return { ...about(task), ...nothing, dead: [letterOf(task, thrown, ports)] };
  return again(task, task.attempt, steadyClock.now() + retryDelayMs(policy, task.attempt, random), ports);
}

export const poisoned = ({ entry, isAgain, letter, messageId }: Poison): Work => ({
  ...nothing,
  entry,
  isAgain,
  message: messageId,
  dead: [letter],
});

function again(task: Task, attempts: number, dueAtMs: number, { clock }: WorkPorts): Work {
  const retry: Again = {
    message: JSON.stringify(task.message),
    attempts,
    firstFailedAtMs: task.firstFailedAtMs ?? clock.now(),
    origin: task.origin,
  };
  return {
    ...about(task),
    ...nothing,
    retry: { dueAtMs: String(dueAtMs), json: JSON.stringify(retry) },
  };
}

function letterOf(task: Task, thrown: unknown, { subscriber, clock }: WorkPorts): string {
  const nowMs = clock.now();
  const letter = deadMessage(task.message, thrown, {
    subscriber,
    position: null,
    attempts: task.attempt,
    firstFailedAtMs: task.firstFailedAtMs ?? nowMs,
    lastFailedAtMs: nowMs,
  });
  return JSON.stringify({ ...letter, origin: task.origin });
}
