import type { KeptState, MessageContext } from '../bus/index.ts';
import { createMessage, type Message, type MessageMap, type MessageOf } from '../events/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import type { Activity } from './activity.ts';
import type { Stage, StageContext, Travelled } from './stage.ts';
import { Cell, type StateCell } from './state.ts';
import { waitOn } from './waiting.ts';
import type { WorkBudget } from './work-budget.ts';

interface CallOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly budget: WorkBudget;
  readonly activity: Activity;
}

// biome-ignore lint/suspicious/noExplicitAny: any stage, whatever it keeps.
type AnyStage<Map extends MessageMap> = Stage<MessageOf<Map>, MessageOf<Map>, any>;

type Later<Map extends MessageMap> = (
  message: MessageOf<Map>,
  work: () => Promise<readonly Message[]>,
) => void;

/** One message in the hands of one stage: what the stage is given beside it, and what it has done with that. */
export class StageCall<Map extends MessageMap> implements StageContext<unknown> {
  readonly #options: CallOptions;
  readonly #stage: AnyStage<Map>;
  readonly #message: MessageOf<Map>;
  readonly #bus: MessageContext<Map>;
  readonly #later: Later<Map>;
  #own: Cell<unknown> | undefined;
  /** Made for those who ask for it: hardly any do. */
  #controller: AbortController | undefined;
  #cells: globalThis.Map<string, Cell<unknown>> | undefined;
  #timers: (() => void)[] | undefined;
  #deadLetter: { readonly thrown: unknown } | undefined;

  constructor(
    options: CallOptions,
    stage: AnyStage<Map>,
    message: MessageOf<Map>,
    { bus, later }: { bus: MessageContext<Map>; later: Later<Map> },
  ) {
    this.#options = options;
    this.#stage = stage;
    this.#message = message;
    this.#bus = bus;
    this.#later = later;
  }

  /** Loads what the stage keeps, where it keeps anything; undefined: that is done. */
  prepare(): Promise<void> | undefined {
    const { state } = this.#stage;
    if (state === undefined) return undefined;
    const loaded = this.#load(state.key?.(this.#message) ?? this.#message.subject);
    if (!(loaded instanceof Promise)) {
      this.#own = loaded;
      return undefined;
    }
    return loaded.then((cell) => {
      this.#own = cell;
    });
  }

  /** Hands what was kept, set and given up to the bus: the stage has ended in order. */
  commit(): void {
    if (this.#cells !== undefined)
      for (const [key, cell] of this.#cells)
        cell.keep((value, version) => this.#bus.keep(key, value, version));
    if (this.#timers !== undefined) for (const set of this.#timers) set();
    if (this.#deadLetter !== undefined) this.#bus.giveUp(this.#deadLetter.thrown);
  }

  /** Why the stage has made a dead letter of the message by itself. */
  get givenUp(): { readonly thrown: unknown } | undefined {
    return this.#deadLetter;
  }

  abort(reason: Error): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }

  // Getters, since stages take out what they need: nothing is made that nobody asks for.

  get next(): StageContext<unknown>['next'] {
    return this.#after(hopsOf(this.#message) + 1);
  }

  get begin(): StageContext<unknown>['begin'] {
    return (kind, data) => {
      this.#options.budget.extend(this.#message.correlationId);
      return this.#after(0)(kind, data);
    };
  }

  get later(): StageContext<unknown>['later'] {
    return (work) => this.#later(this.#message, work);
  }

  get attempt(): number {
    return this.#bus.attempt;
  }

  get nowMs(): number {
    return this.#options.clock.now();
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  get wait(): StageContext<unknown>['wait'] {
    const { clock, activity } = this.#options;
    return (ms) => activity.during(waitOn(clock, ms, this.signal));
  }

  get state(): StateCell<unknown> {
    if (this.#own === undefined)
      throw new TypeError(`stage "${this.#stage.name}" does not say that it keeps state: give it \`state\``);
    return this.#own;
  }

  get stateOf(): StageContext<unknown>['stateOf'] {
    return async (key) => this.#load(key);
  }

  get at(): StageContext<unknown>['at'] {
    return (key, dueMs, message) => {
      this.#options.budget.extend(message.correlationId);
      const { data } = message;
      // What comes by the clock comes from outside: time bounds it, and no count of hops.
      const later = {
        ...message,
        time: new Date(dueMs).toISOString(),
        data: typeof data === 'object' && data !== null && 'hops' in data ? { ...data, hops: 0 } : data,
      } as MessageOf<Map>;
      this.#setTimer(() => this.#bus.schedule(key, dueMs, later));
    };
  }

  get cancel(): StageContext<unknown>['cancel'] {
    return (key) => this.#setTimer(() => this.#bus.cancel(key));
  }

  get deadLetter(): StageContext<unknown>['deadLetter'] {
    return (thrown) => {
      this.#deadLetter = { thrown };
    };
  }

  #after(hops: number): StageContext<unknown>['next'] {
    return (kind, data) => {
      const travelled = { hops, ...data };
      // Set last: a stage that hands on the data it was given must not turn the count back.
      travelled.hops = hops;
      type OfKind = Parameters<typeof kind.subjectOf>[0];
      return createMessage(this.#options, kind, travelled as OfKind, this.#message);
    };
  }

  #setTimer(set: () => void): void {
    this.#timers ??= [];
    this.#timers.push(set);
  }

  /** The same cell for the same key, whoever asks. */
  #load(key: string): Cell<unknown> | Promise<Cell<unknown>> {
    const known = this.#cells?.get(key);
    if (known !== undefined) return known;
    const loaded = this.#bus.load(key);
    return loaded instanceof Promise
      ? loaded.then((state) => this.#cellOf(key, state))
      : this.#cellOf(key, loaded);
  }

  #cellOf(key: string, loaded: KeptState): Cell<unknown> {
    this.#cells ??= new globalThis.Map();
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const cell = new Cell<unknown>(loaded, () => this.#stage.state?.initial(key));
    this.#cells.set(key, cell);
    return cell;
  }
}

/** What comes from outside, such as an event of the shop, need not know of hops. */
export const hopsOf = ({ data }: Message): number => (data as Partial<Travelled>).hops ?? 0;
