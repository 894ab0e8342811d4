import type {
  ConsumptionBatch,
  DeadMessage,
  MessageRetry,
  StateChange,
  SubscriberProgress,
  TimerChange,
} from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { Outcome, Participant } from './outcome.ts';

/** What of a batch concerns one of those who have a part in it. */
export interface BatchPart {
  readonly participant: Participant;
  readonly done: readonly Outcome[];
  readonly progress: SubscriberProgress | undefined;
}

/** Messages that are to go into the log, and what was refused among them. */
interface Publication {
  readonly messages: readonly Message[];
  readonly dead: readonly DeadMessage[];
  /** The timers whose messages those are. */
  readonly fired: ConsumptionBatch['fired'];
}

/** Puts together what is to be committed in one transaction. */
export function assemble(
  publications: readonly Publication[],
  outcomes: readonly Outcome[],
  moved: readonly Participant[],
): { readonly batch: ConsumptionBatch; readonly parts: readonly BatchPart[] } {
  const append = publications.flatMap(({ messages }) => messages);
  const dead = publications.flatMap((publication) => publication.dead);
  const fired = publications.flatMap((publication) => publication.fired);
  const states: StateChange[] = [];
  const timers: TimerChange[] = [];
  const retries: MessageRetry[] = [];
  const ended: Pick<MessageRetry, 'subscriber' | 'position'>[] = [];
  for (const { participant, task, emitted, retry, dead: letters, ...kept } of outcomes) {
    for (const message of emitted) append.push(message);
    for (const letter of letters) dead.push(letter);
    for (const state of kept.states) states.push(state);
    for (const timer of kept.timers) timers.push(timer);
    if (retry !== undefined) retries.push(retry);
    else if (task.firstFailedAtMs !== null)
      ended.push({ subscriber: participant.name, position: task.position });
  }
  const parts = partsOf(outcomes, moved);
  const progress = parts.flatMap((part) => part.progress ?? []);
  return { batch: { append, progress, retries, ended, dead, states, timers, fired }, parts };
}

function partsOf(outcomes: readonly Outcome[], moved: readonly Participant[]): readonly BatchPart[] {
  const byParticipant = new Map<Participant, Outcome[]>(moved.map((participant) => [participant, []]));
  for (const outcome of outcomes) {
    const done = byParticipant.get(outcome.participant);
    if (done === undefined) byParticipant.set(outcome.participant, [outcome]);
    else done.push(outcome);
  }
  return [...byParticipant].map(([participant, done]) => ({
    participant,
    done,
    progress: participant.advance(done),
  }));
}
