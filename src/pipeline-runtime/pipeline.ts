import type { EventBus } from '../bus/index.ts';
import type { MessageMap, MessageOf } from '../events/index.ts';
import {
  type Clock,
  defaultRetryPolicy,
  type Ids,
  type Logger,
  type Random,
  retryDelayMs,
  silentLogger,
} from '../kernel/index.ts';
import { Activity } from './activity.ts';
import { DeadLetterStore, type StoredMessage } from './dead-letter-store.ts';
import { EnqueueError, PipelineNotRunningError } from './errors.ts';
import { completeSettings, type PipelineSettings } from './settings.ts';
import { StageRunner } from './stage-runner.ts';
import type { AnyStage } from './stage-runner-options.ts';
import type { StageStatistics } from './statistics.ts';
import { waitOn } from './waiting.ts';
import { WorkBudget } from './work-budget.ts';

const statesPage = 256;

export interface PipelineOptions<Map extends MessageMap> {
  /** The caller's, who closes it. It takes every message that the stages accept and emit. */
  bus: EventBus<Map>;
  clock: Clock;
  /** Of the messages. */
  ids: Ids;
  /** Spreads retries. */
  random: Random;
  /** Each under a name of its own; their order means nothing. */
  stages: readonly AnyStage<Map>[];
  settings?: PipelineSettings;
  /** Milliseconds since any moment, to measure handling with. Default: the clock. */
  stopwatch?: () => number;
  logger?: Logger;
}

export interface PipelineStatistics {
  /** Messages that the bus took, or is about to. */
  readonly submitted: number;
  /** How often the bus was asked again. */
  readonly submitRetries: number;
  /** Messages that the bus did not take in the end. */
  readonly submitFailures: number;
  /** Also those that are not kept any more. */
  readonly deadLetters: number;
  readonly stages: readonly StageStatistics[];
}

/**
 * Runs stages over a bus: each is its subscriber `pipeline.<name>`, so that what the bus promises of order,
 * concurrency and redelivery holds between stages. Dead letters live in memory; where they must outlive
 * the process, `nack` leaves failures to a durable bus.
 */
export class Pipeline<Messages extends MessageMap> {
  readonly #options: PipelineOptions<Messages>;
  readonly #settings: Required<PipelineSettings>;
  readonly #logger: Logger;
  readonly #runners: readonly StageRunner<Messages>[];
  readonly #deadLetters: DeadLetterStore<Messages>;
  readonly #counts = { submitted: 0, submitRetries: 0, submitFailures: 0 };
  readonly #budget: WorkBudget;
  /** What goes on. */
  readonly activity = new Activity();
  readonly #stopping = new AbortController();
  /** By the name of the stage. */
  readonly #subscriptions = new Map<string, () => void>();

  /** @throws {BadPipelineSettingError} */
  constructor(options: PipelineOptions<Messages>) {
    const {
      clock,
      ids,
      random,
      stages,
      settings = {},
      logger = silentLogger,
      stopwatch = () => clock.now(),
    } = options;
    this.#options = options;
    this.#settings = completeSettings(settings);
    this.#logger = logger;
    this.#deadLetters = new DeadLetterStore({ clock, capacity: this.#settings.deadLetterCapacity });
    const budget = new WorkBudget(this.#settings.maxMessages);
    this.#budget = budget;
    this.#runners = stages.map((stage) => {
      const store = (message: MessageOf<Messages>, thrown: unknown, attempts: number): void =>
        this.#deadLetters.add(message, stage.name, thrown, attempts);
      const submit = (messages: readonly MessageOf<Messages>[]): Promise<void> => this.submit(messages);
      return new StageRunner(stage, {
        clock,
        ids,
        random,
        logger,
        stopwatch,
        settings: this.#settings,
        submit,
        store,
        budget,
        activity: this.activity,
      });
    });
  }

  /** @throws {DuplicateSubscriberError} when two stages have one name. */
  start(): void {
    for (const runner of this.#runners) {
      const unsubscribe = this.#options.bus.subscribe({
        name: `pipeline.${runner.stage.name}`,
        handles: runner.stage.accepts,
        handle: (message, context) => runner.handle(message, context),
        ...(runner.retry.policy && { retry: runner.retry.policy }),
        ...(runner.stage.concurrency !== undefined && { concurrency: runner.stage.concurrency }),
      });
      this.#subscriptions.set(runner.stage.name, unsubscribe);
    }
  }

  /**
   * Resolves when the bus has taken the messages or, where the settings say so, they are dead letters.
   * @throws {EnqueueError} when it did not take them.
   * @throws {PipelineNotRunningError} before `start` and after `stop`.
   */
  async submit(messages: readonly MessageOf<Messages>[]): Promise<void> {
    if (this.#subscriptions.size === 0) throw new PipelineNotRunningError();
    this.#counts.submitted += messages.length;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#options.bus.publish(messages);
      } catch (thrown) {
        if (await this.#mayTryAgain(attempt)) continue;
        return this.#notTaken(messages, new EnqueueError(attempt, thrown), attempt);
      }
    }
  }

  /**
   * Resolves when nothing is in flight, here or where the stages have work done that counts as a part of
   * `bus.inFlight`. A stage that waits on the clock is in flight until the clock moves.
   */
  async settle(): Promise<void> {
    const { bus } = this.#options;
    await bus.settle();
    await bus.inFlight.idle();
  }

  /**
   * Finishes what is in hand and takes no more.
   * @param except The stages that go on, for what is still to come from elsewhere; stop them later.
   */
  async stop({ except = [] }: { except?: readonly string[] } = {}): Promise<void> {
    const leaving = [...this.#subscriptions].filter(([name]) => !except.includes(name));
    if (leaving.length === this.#subscriptions.size) {
      this.#subscriptions.clear();
      this.#stopping.abort();
    }
    await this.#options.bus.finishInHand();
    for (const [name, unsubscribe] of leaving) {
      this.#subscriptions.delete(name);
      unsubscribe();
    }
  }

  /** As they were given. */
  get stages(): readonly AnyStage<Messages>[] {
    return this.#options.stages;
  }

  /** The latest, oldest first. */
  deadLetters(): readonly StoredMessage<Messages>[] {
    return this.#deadLetters.all();
  }

  /**
   * Hands a dead message to its stage again, with all its attempts again, or submits again what the bus had not
   * taken. Should it fail again, it is a new dead letter.
   * @throws {UnknownStoredMessageError}
   */
  async redrive(id: string): Promise<void> {
    const { message, stage } = this.#deadLetters.take(id);
    this.#budget.extend(message.correlationId);
    const letter = await this.#letterOf(message.id, stage);
    if (letter === undefined) await this.submit([message]);
    else await this.#options.bus.redrive(letter);
  }

  /**
   * Forgets a dead message.
   * @throws {UnknownStoredMessageError}
   */
  async discard(id: string): Promise<void> {
    const { message, stage } = this.#deadLetters.take(id);
    const letter = await this.#letterOf(message.id, stage);
    if (letter !== undefined) await this.#options.bus.discard(letter);
  }

  statistics(): PipelineStatistics {
    const stages = this.#runners.map((runner) => runner.statistics());
    return { ...this.#counts, deadLetters: this.#deadLetters.count, stages };
  }

  /** What a stage keeps under a key, with all that is committed; undefined: nothing. */
  async stateOf(stage: string, key: string): Promise<unknown> {
    return (await this.#options.bus.states.find(`pipeline.${stage}`, key)).value;
  }

  /** All that a stage keeps, in the order of the keys. */
  async *statesOf(stage: string): AsyncGenerator<{ readonly key: string; readonly value: unknown }> {
    let after = '';
    for (;;) {
      const page = await this.#options.bus.states.list(`pipeline.${stage}`, { after, limit: statesPage });
      for (const { key, value } of page) yield { key, value };
      if (page.length < statesPage) return;
      after = page.at(-1)?.key ?? '';
    }
  }

  /** Waits for its turn, and says whether there is one. */
  async #mayTryAgain(attempt: number): Promise<boolean> {
    const { onEnqueueFailure, retryAttempts, retryBaseDelayMs, retryJitter: jitter } = this.#settings;
    if (onEnqueueFailure !== 'retry' || attempt > retryAttempts) return false;
    const policy = { ...defaultRetryPolicy, initialDelayMs: retryBaseDelayMs, jitter };
    const { clock, random } = this.#options;
    try {
      await waitOn(clock, retryDelayMs(policy, attempt, random), this.#stopping.signal);
    } catch {
      return false;
    }
    this.#counts.submitRetries++;
    return true;
  }

  #notTaken(messages: readonly MessageOf<Messages>[], error: EnqueueError, attempts: number): void {
    this.#counts.submitted -= messages.length;
    this.#counts.submitFailures += messages.length;
    this.#logger.error({ code: error.code, attempts, messages: messages.length }, 'not enqueued');
    if (this.#settings.onEnqueueFailure !== 'store') throw error;
    for (const message of messages) this.#deadLetters.add(message, null, error, attempts);
  }

  /** The bus has a letter of all that a stage has failed on, and knows the way back to it. */
  async #letterOf(messageId: string, stage: string | null): Promise<string | undefined> {
    if (stage === null) return undefined;
    const letters = await this.#options.bus.deadLetters();
    return letters.find((each) => each.messageId === messageId && each.subscriber === `pipeline.${stage}`)
      ?.id;
  }
}
