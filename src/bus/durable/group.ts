import type {
  ConsumptionGroup,
  DeadMessage,
  MessageRetry,
  SubscriberProgress,
} from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { Outcome, Owner } from './outcome.ts';

/** What of a group concerns one of those who have a part in it. */
export interface Share {
  readonly owner: Owner;
  readonly done: readonly Outcome[];
  readonly progress: SubscriberProgress | undefined;
}

/** Messages that are to go into the log, and what was refused among them. */
interface Publication {
  readonly messages: readonly Message[];
  readonly dead: readonly DeadMessage[];
}

/** Puts together what is to be committed in one transaction. */
export function assemble(
  publications: readonly Publication[],
  outcomes: readonly Outcome[],
  moved: readonly Owner[],
): { readonly group: ConsumptionGroup; readonly shares: readonly Share[] } {
  const append = publications.flatMap(({ messages }) => messages);
  const dead = publications.flatMap((publication) => publication.dead);
  const retries: MessageRetry[] = [];
  const ended: Pick<MessageRetry, 'subscriber' | 'position'>[] = [];
  for (const { owner, task, emitted, retry, dead: buried } of outcomes) {
    for (const message of emitted) append.push(message);
    for (const letter of buried) dead.push(letter);
    if (retry !== undefined) retries.push(retry);
    else if (task.firstFailedAtMs !== null) ended.push({ subscriber: owner.name, position: task.position });
  }
  const shares = sharesOf(outcomes, moved);
  const progress = shares.flatMap((share) => share.progress ?? []);
  return { group: { append, progress, retries, ended, dead }, shares };
}

function sharesOf(outcomes: readonly Outcome[], moved: readonly Owner[]): readonly Share[] {
  const byOwner = new Map<Owner, Outcome[]>(moved.map((owner) => [owner, []]));
  for (const outcome of outcomes) {
    const done = byOwner.get(outcome.owner);
    if (done === undefined) byOwner.set(outcome.owner, [outcome]);
    else done.push(outcome);
  }
  return [...byOwner].map(([owner, done]) => ({ owner, done, progress: owner.advance(done) }));
}
