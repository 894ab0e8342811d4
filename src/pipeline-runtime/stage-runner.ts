import type { MessageContext } from '../bus/index.ts';
import { createMessage, type Message, type MessageMap, type MessageOf } from '../events/index.ts';
import {
  AppError,
  type Clock,
  defaultRetryPolicy,
  type Ids,
  type LogFields,
  type Logger,
  type RetryPolicy,
} from '../kernel/index.ts';
import {
  HandlerTimeoutError,
  MessageRefusedError,
  StageStoppedError,
  TooManyHopsError,
  TooManyMessagesError,
} from './errors.ts';
import type { PipelineSettings } from './settings.ts';
import type { Stage, StageContext, Travelled } from './stage.ts';
import { StageCounters } from './statistics.ts';
import { waitOn } from './waiting.ts';
import type { WorkBudget } from './work-budget.ts';

export interface StageRunnerOptions<Map extends MessageMap> {
  clock: Clock;
  ids: Ids;
  logger: Logger;
  stopwatch: () => number;
  settings: Required<PipelineSettings>;
  submit(messages: readonly MessageOf<Map>[]): Promise<void>;
  budget: WorkBudget;
  /** Notes that a message is a dead letter. */
  store(message: MessageOf<Map>, thrown: unknown, attempts: number): void;
}

/** Runs one stage: gives it its messages, one time limit each, and deals with what it throws. */
export class StageRunner<Map extends MessageMap> {
  readonly stage: Stage<MessageOf<Map>, MessageOf<Map>>;
  readonly counters = new StageCounters();
  readonly #options: StageRunnerOptions<Map>;
  #failuresInARow = 0;
  readonly #retry: { readonly attempts: number; readonly baseDelayMs: number; readonly jitter: boolean };

  constructor(stage: Stage<MessageOf<Map>, MessageOf<Map>>, options: StageRunnerOptions<Map>) {
    this.stage = stage;
    this.#options = options;
    const {
      handlerRetryAttempts: attempts,
      retryBaseDelayMs: baseDelayMs,
      retryJitter: jitter,
    } = options.settings;
    this.#retry = { attempts, baseDelayMs, jitter, ...stage.retry };
  }

  /** Rejects with what the bus is to deal with. */
  async handle(message: MessageOf<Map>, bus: MessageContext<Map>): Promise<void> {
    const timeout = new Timeout();
    const context = this.#contextOf(message, bus.attempt, timeout);
    let emitted: readonly MessageOf<Map>[];
    try {
      if (this.stage.where?.(message) === false) return;
      this.counters.add('received');
      if (bus.attempt > 1) this.counters.add('retried');
      this.#admit(message);
      emitted = await this.#inTime(message, context, timeout);
      this.#spend(message, emitted.length);
      this.#failuresInARow = 0;
      this.#options.logger.debug(this.#about(message), 'handled');
    } catch (thrown) {
      emitted = this.#fail(message, thrown, { context, bus });
    }
    this.counters.add('emitted', emitted.length);
    bus.publish(emitted);
  }

  #contextOf(message: MessageOf<Map>, attempt: number, timeout: Timeout): StageContext {
    const { clock } = this.#options;
    const after =
      (hops: number): StageContext['next'] =>
      (kind, data) => {
        const travelled = { hops, ...data };
        // Set last: a stage that hands on the data it was given must not turn the count back.
        travelled.hops = hops;
        return createMessage(this.#options, kind, travelled as Parameters<typeof kind.subjectOf>[0], message);
      };
    return {
      next: after(hopsOf(message) + 1),
      begin: (kind, data) => {
        this.#options.budget.extend(message.correlationId);
        return after(0)(kind, data);
      },
      later: (work) => void this.#later(message, work),
      attempt,
      get signal() {
        return timeout.signal;
      },
      wait: (ms) => waitOn(clock, ms, timeout.signal),
    };
  }

  async #later(message: MessageOf<Map>, work: () => Promise<readonly Message[]>): Promise<void> {
    try {
      const emitted = (await work()) as readonly MessageOf<Map>[];
      this.#spend(message, emitted.length);
      this.counters.add('emitted', emitted.length);
      if (emitted.length > 0) await this.#options.submit(emitted);
    } catch (thrown) {
      this.counters.add('failed');
      this.#options.logger.error({ ...this.#about(message), code: codeOf(thrown) }, 'later work failed');
    }
  }

  #admit(message: Message): void {
    const { maxHops, maxConsecutiveFailures } = this.#options.settings;
    if (this.counters.isStopped) throw new StageStoppedError(this.stage.name, maxConsecutiveFailures);
    if (hopsOf(message) > maxHops) throw new TooManyHopsError(maxHops);
  }

  #spend({ correlationId }: Message, messages: number): void {
    const { budget, settings } = this.#options;
    if (!budget.spend(correlationId, messages)) throw new TooManyMessagesError(settings.maxMessages);
  }

  async #inTime(message: MessageOf<Map>, context: StageContext, timeout: Timeout) {
    const { clock, settings, stopwatch } = this.#options;
    const startedMs = stopwatch();
    let cancel = (): void => {};
    try {
      const handled = this.stage.handle(message, context);
      if (!(handled instanceof Promise)) return handled;
      const tooLate = new Promise<never>((_, reject) => {
        cancel = clock.schedule(clock.now() + settings.handlerTimeoutMs, () => {
          const error = new HandlerTimeoutError(this.stage.name, settings.handlerTimeoutMs);
          reject(error);
          timeout.abort(error);
        });
      });
      return await Promise.race([handled, tooLate]);
    } finally {
      cancel();
      this.counters.tookMs(stopwatch() - startedMs);
    }
  }

  /** @returns the stage's last words about a message that is given up. */
  #fail(
    message: MessageOf<Map>,
    thrown: unknown,
    { context, bus }: { context: StageContext; bus: MessageContext<Map> },
  ): readonly MessageOf<Map>[] {
    const { logger, store } = this.#options;
    const mode = this.#mayTryAgain(thrown, context.attempt) ? 'retry' : this.#modeFor(thrown);
    this.counters.add('failed');
    if (thrown instanceof HandlerTimeoutError) this.counters.add('timedOut');
    logger.error({ ...this.#about(message), code: codeOf(thrown), mode }, 'not handled');
    if (mode === 'retry') throw thrown;
    this.#blame(thrown);
    if (mode === 'nack') throw thrown;
    if (mode === 'store') {
      this.counters.add('deadLettered');
      store(message, thrown, context.attempt);
      bus.giveUp(thrown);
    }
    try {
      const lastWords = this.stage.giveUp?.(message, thrown, context) ?? [];
      // Where there is no end to the work, last words would be answered by others.
      if (!(thrown instanceof TooManyMessagesError)) this.#spend(message, lastWords.length);
      return thrown instanceof TooManyMessagesError ? [] : lastWords;
    } catch (again) {
      logger.error({ ...this.#about(message), code: codeOf(again) }, 'its last words failed too');
      return [];
    }
  }

  /** As the bus is to be asked; undefined: as it does by itself. */
  get retry(): RetryPolicy | undefined {
    const { attempts, baseDelayMs: initialDelayMs, jitter } = this.#retry;
    return attempts === 0
      ? undefined
      : { ...defaultRetryPolicy, maxAttempts: attempts + 1, initialDelayMs, jitter };
  }

  #mayTryAgain(thrown: unknown, attempt: number): boolean {
    const isFinal = thrown instanceof MessageRefusedError || thrown instanceof StageStoppedError;
    return !isFinal && attempt <= this.#retry.attempts;
  }

  #modeFor(thrown: unknown): 'log' | 'store' | 'nack' {
    const { onHandlerFailure } = this.#options.settings;
    if (thrown instanceof MessageRefusedError) return 'store';
    // Dropping failures is one thing, dropping everything behind a stopped stage another.
    return thrown instanceof StageStoppedError && onHandlerFailure === 'log' ? 'store' : onHandlerFailure;
  }

  /** Counts what may be the stage's own fault. */
  #blame(thrown: unknown): void {
    if (thrown instanceof MessageRefusedError || thrown instanceof StageStoppedError) return;
    this.#failuresInARow++;
    if (this.#failuresInARow < this.#options.settings.maxConsecutiveFailures) return;
    this.counters.isStopped = true;
    this.#options.logger.error({ stage: this.stage.name, failures: this.#failuresInARow }, 'stage stopped');
  }

  #about({ id, type, correlationId }: Message): LogFields {
    return { messageId: id, type, stage: this.stage.name, correlationId };
  }
}

/** Made for every message, and its signal only for those who ask for it: hardly any do. */
class Timeout {
  #controller: AbortController | undefined;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(reason: Error): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }
}

/** What comes from outside, such as an event of the shop, need not know of hops. */
const hopsOf = ({ data }: Message): number => (data as Partial<Travelled>).hops ?? 0;

const codeOf = (thrown: unknown): string => (thrown instanceof AppError ? thrown.code : 'unexpected');
