import {
  type ConsumptionBatch,
  type ConsumptionStore,
  type DeadMessage,
  type KeptDeadMessage,
  LeaseLostError,
  type StateChange,
  type TimerChange,
} from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { InFlightCounter } from '../../kernel/index.ts';
import { assemble } from './batch.ts';
import type { Outcome, Participant } from './outcome.ts';

export interface Committed {
  /** What was published and emitted. */
  readonly appended: readonly Message[];
  /** Where each of those stands in the log. */
  readonly positions: readonly number[];
  readonly dead: readonly KeptDeadMessage[];
  readonly states: readonly StateChange[];
  readonly timers: readonly TimerChange[];
}

export interface GroupCommitOptions {
  /** Of the lease under which messages are handled; undefined where none are. */
  token: number | undefined;
  consumption: ConsumptionStore;
  /** What publishing has to wait for, if there is anything. */
  ready(): Promise<unknown> | undefined;
  /** Whether handlers are at work, whose outcomes could join a batch. */
  isMoreComing(): boolean;
  onCommitted(committed: Committed): void;
  /** Another worker handles the messages now. The writer has to be abandoned. */
  onLost(token: number): void;
  /** What was handled cannot be committed for now. */
  onOutage(thrown: unknown): void;
  /** Counts what is to be published until that is over, and who got further until that is committed. */
  inFlight: InFlightCounter;
}

interface Publication {
  readonly messages: readonly Message[];
  readonly dead: readonly DeadMessage[];
  readonly fired: ConsumptionBatch['fired'];
  resolve(): void;
  reject(reason: unknown): void;
}

/** How many messages of several publishers are committed at once. */
const batchSize = 1024;
/**
 * For how many turns of the event loop the first outcome of a batch waits for others at most: where few subjects
 * are in hand, each turn brings but a few. Turns in which nothing happens take no time worth mentioning.
 */
const mostTurns = 16;
/** How many outcomes may wait for their commit before no more messages are read. */
const mostOutcomes = 4096;

/**
 * Commits what is published and what became of handled messages, all that came up in the same turns of the
 * event loop in one transaction. When that fails, what was to be published is refused; what was handled is kept
 * until it can be committed, since nobody is asked to handle it again for that.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #publications: Publication[] = [];
  #outcomes: Outcome[] = [];
  /** Who got further without having anything to handle. */
  readonly #moved = new Set<Participant>();
  #isWriting = false;
  #isOut = false;
  #isAbandoned = false;
  #scheduled: NodeJS.Immediate | undefined;
  #turnsLeft = 0;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  /** Whether more may be handled. */
  get hasRoom(): boolean {
    return !this.#isOut && this.#outcomes.length < mostOutcomes;
  }

  /**
   * Resolves when it is committed.
   * @param fired The timers whose messages these are.
   */
  publish(
    messages: readonly Message[],
    dead: readonly DeadMessage[],
    fired: ConsumptionBatch['fired'] = [],
  ): Promise<void> {
    const published = new Promise<void>((resolve, reject) => {
      this.#publications.push({ messages, dead, fired, resolve, reject });
      this.#schedule(0);
    });
    return this.#options.inFlight.during(published);
  }

  add(outcome: Outcome): void {
    if (this.#isAbandoned) {
      outcome.participant.dropped(1);
      return;
    }
    this.#outcomes.push(outcome);
    if (this.#isOut) return;
    if (this.#outcomes.length >= mostOutcomes) void this.write();
    else this.#schedule(mostTurns);
  }

  moved(participant: Participant): void {
    if (this.#isAbandoned || this.#moved.has(participant)) return;
    this.#moved.add(participant);
    this.#options.inFlight.enter();
    if (!this.#isOut) this.#schedule(mostTurns);
  }

  /** What was handled is others' to say from now on; what is to be published still is. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#isOut = false;
    this.#drop(this.#outcomes, this.#moved.size);
    this.#outcomes = [];
    this.#moved.clear();
    if (this.#publications.length > 0) this.#schedule(0);
  }

  /** Writes what has come up, now. Also the way out of an outage. Never rejects. */
  async write(): Promise<void> {
    if (this.#isWriting || this.#isEmpty) return;
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    this.#isWriting = true;
    const publications = await this.#takePublications();
    const outcomes = this.#outcomes;
    const moved = [...this.#moved];
    this.#outcomes = [];
    this.#moved.clear();
    try {
      await this.#commit(publications, outcomes, moved);
      for (const { resolve } of publications) resolve();
      this.#options.inFlight.leave(moved.length);
    } catch (thrown) {
      if (thrown instanceof LeaseLostError) this.#publishWithout(publications, outcomes, moved, thrown);
      else {
        for (const { reject } of publications) reject(thrown);
        this.#keep(outcomes, moved, thrown);
      }
    }
    this.#isWriting = false;
    if (this.#isEmpty) return;
    if (this.#publications.length > 0) this.#schedule(0);
    else if (!this.#isOut) this.#schedule(mostTurns);
  }

  get #isEmpty(): boolean {
    return this.#publications.length === 0 && this.#outcomes.length === 0 && this.#moved.size === 0;
  }

  #schedule(turns: number): void {
    if (this.#isWriting) return;
    const isScheduled = this.#scheduled !== undefined;
    this.#turnsLeft = isScheduled ? Math.min(this.#turnsLeft, turns) : turns;
    if (!isScheduled) this.#waitForTurn();
  }

  #waitForTurn(): void {
    this.#scheduled = setImmediate(() => {
      this.#scheduled = undefined;
      if (this.#turnsLeft-- > 0 && this.#options.isMoreComing()) this.#waitForTurn();
      else void this.write();
    });
  }

  async #takePublications(): Promise<readonly Publication[]> {
    if (this.#publications.length === 0) return [];
    try {
      await this.#options.ready();
    } catch (thrown) {
      for (const { reject } of this.#publications.splice(0)) reject(thrown);
    }
    let size = 0;
    let count = 0;
    while (count < this.#publications.length && size < batchSize) {
      size += this.#publications[count++]?.messages.length ?? 0;
    }
    return this.#publications.splice(0, count);
  }

  async #commit(
    publications: readonly Publication[],
    outcomes: readonly Outcome[],
    moved: readonly Participant[],
  ): Promise<void> {
    const { batch, parts } = assemble(publications, outcomes, moved);
    const { append, dead, progress, fired, states, timers } = batch;
    const { consumption, onCommitted, token } = this.#options;
    const isConsumed = outcomes.length + progress.length + fired.length > 0;
    const isNothing = !isConsumed && append.length + dead.length === 0;
    const under = isConsumed && token !== undefined ? { ...batch, token } : batch;
    const committed = isNothing ? undefined : await consumption.commit(under);
    // Before anybody is told, who may want to go on at once.
    this.#isOut = false;
    for (const { participant, done, progress: own } of parts) participant.committed(done, own);
    if (committed !== undefined) onCommitted({ ...committed, states, timers });
  }

  /** Nothing was written. Timers are others' to fire now; all else that was to be published does not depend on a lease. */
  #publishWithout(
    publications: readonly Publication[],
    outcomes: readonly Outcome[],
    moved: readonly Participant[],
    { token }: LeaseLostError,
  ): void {
    this.#drop(outcomes, moved.length);
    for (const { fired, resolve } of publications) if (fired.length > 0) resolve();
    this.#publications.unshift(...publications.filter(({ fired }) => fired.length === 0));
    this.#options.onLost(token);
  }

  #drop(outcomes: readonly Outcome[], moved: number): void {
    for (const { participant } of outcomes) participant.dropped(1);
    this.#options.inFlight.leave(moved);
  }

  #keep(outcomes: Outcome[], moved: readonly Participant[], thrown: unknown): void {
    this.#outcomes = outcomes.concat(this.#outcomes);
    for (const participant of moved) {
      // It may have got further yet meanwhile, and counts once.
      if (this.#moved.has(participant)) this.#options.inFlight.leave();
      else this.#moved.add(participant);
    }
    if (this.#outcomes.length === 0 && this.#moved.size === 0) return;
    this.#isOut = true;
    this.#options.onOutage(thrown);
  }
}
