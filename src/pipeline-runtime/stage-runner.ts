import { type MessageContext, PutOffError } from '../bus/index.ts';
import type { Message, MessageMap, MessageOf } from '../events/index.ts';
import {
  AppError,
  type Limited,
  type LogFields,
  silentLogger,
  steadyClock,
  TimeLimits,
} from '../kernel/index.ts';
import {
  HandlerTimeoutError,
  MessageRefusedError,
  StageStoppedError,
  TooManyHopsError,
  TooManyMessagesError,
} from './errors.ts';
import { hopsOf, StageCall } from './stage-call.ts';
import { StageGuard } from './stage-guard.ts';
import { retryOf, type StageRetry } from './stage-retry.ts';
import type { AnyStage, Emitted, InHand, StageRunnerOptions } from './stage-runner-options.ts';
import { StageCounters, type StageStatistics } from './statistics.ts';
import { within } from './time-limit.ts';

/** Runs one stage: gives it its messages, one time limit each, and deals with what it throws. */
export class StageRunner<Map extends MessageMap> {
  readonly stage: AnyStage<Map>;
  readonly counters = new StageCounters();
  readonly #options: StageRunnerOptions<Map>;
  readonly #guard: StageGuard;
  readonly #timeoutMs: number;
  readonly #limits: TimeLimits<Limited>;
  readonly retry: StageRetry;
  #failuresInARow = 0;
  /** Made once, for all messages. */
  readonly #begin = (message: MessageOf<Map>, work: () => Promise<readonly Message[]>): void =>
    void this.#later(message, work);

  constructor(stage: AnyStage<Map>, options: StageRunnerOptions<Map>) {
    this.stage = stage;
    this.#options = options;
    this.retry = retryOf(stage, options.settings);
    this.#timeoutMs = stage.timeoutMs ?? options.settings.handlerTimeoutMs;
    const { clock, random } = options;
    this.#limits = new TimeLimits(steadyClock(clock), this.#timeoutMs);
    this.#guard = new StageGuard({ clock, random, breaker: stage.breaker, perSecond: stage.perSecond });
  }

  /** Throws, or rejects with, what the bus is to deal with. At once, where the stage is: most are. */
  handle(message: MessageOf<Map>, bus: MessageContext<Map>): void | Promise<void> {
    if (this.stage.where?.(message) === false) return;
    const call = new StageCall<Map>(this.#options, this.stage, message, { bus, later: this.#begin });
    let handled: Emitted<Map>;
    this.counters.begin(bus.attempt);
    try {
      this.#admit(message);
      const loading = call.prepare();
      handled = loading?.then(() => this.#guarded(message, call)) ?? this.#guarded(message, call);
      if (!(handled instanceof Promise)) this.#commit(message, call, handled);
    } catch (thrown) {
      return this.#failed(message, thrown, { call, bus });
    }
    if (handled instanceof Promise) return this.#whenHandled(message, handled, { call, bus });
    this.#end(bus, handled);
  }

  async #whenHandled(
    message: MessageOf<Map>,
    handling: Promise<readonly MessageOf<Map>[]>,
    { call, bus }: InHand<Map>,
  ): Promise<void> {
    let emitted: readonly MessageOf<Map>[];
    try {
      emitted = await handling;
      this.#commit(message, call, emitted);
    } catch (thrown) {
      return this.#failed(message, thrown, { call, bus });
    }
    this.#end(bus, emitted);
  }

  #commit(message: MessageOf<Map>, call: StageCall<Map>, emitted: readonly MessageOf<Map>[]): void {
    this.#spend(message, emitted.length);
    call.commit();
    this.#failuresInARow = 0;
    this.#noteGivenUp(message, call);
    const { logger } = this.#options;
    if (logger !== silentLogger) logger.debug(this.#about(message), 'handled');
  }

  #failed(message: MessageOf<Map>, thrown: unknown, { call, bus }: InHand<Map>): void {
    let lastWords: readonly MessageOf<Map>[] = [];
    try {
      lastWords = this.#fail(message, thrown, { call, bus });
    } finally {
      this.#end(bus, lastWords);
    }
  }

  #end(bus: MessageContext<Map>, emitted: readonly MessageOf<Map>[]): void {
    this.counters.end();
    this.#options.activity.count++;
    if (emitted.length === 0) return;
    this.counters.add('emitted', emitted.length);
    bus.publish(emitted);
  }

  statistics(): StageStatistics {
    return this.counters.read(this.stage.name, this.#guard.breakerState);
  }

  #noteGivenUp(message: MessageOf<Map>, { givenUp, attempt }: StageCall<Map>): void {
    if (givenUp === undefined) return;
    this.counters.add('deadLettered');
    this.#options.store(message, givenUp.thrown, attempt);
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

  #guarded(message: MessageOf<Map>, call: StageCall<Map>): Emitted<Map> {
    if (this.stage.breaker === undefined && this.stage.perSecond === undefined)
      return this.#inTime(message, call);
    return this.#behindGuard(message, call);
  }

  async #behindGuard(message: MessageOf<Map>, call: StageCall<Map>): Promise<readonly MessageOf<Map>[]> {
    const permit = this.#guard.enter();
    try {
      const emitted = await this.#inTime(message, call);
      this.#guard.leave(permit);
      return emitted;
    } catch (thrown) {
      this.#guard.leave(permit, thrown);
      throw thrown;
    }
  }

  #inTime(message: MessageOf<Map>, call: StageCall<Map>): Emitted<Map> {
    const { stopwatch } = this.#options;
    const startedMs = stopwatch();
    let isSlow = false;
    try {
      const handled = this.stage.handle(message, call);
      if (!(handled instanceof Promise)) return handled;
      isSlow = true;
      return within(handled, this.#limits, () => this.#tooLate(call)).finally(() =>
        this.counters.tookMs(stopwatch() - startedMs),
      );
    } finally {
      if (!isSlow) this.counters.tookMs(stopwatch() - startedMs);
    }
  }

  #tooLate(call: StageCall<Map>): Error {
    const error = new HandlerTimeoutError(this.stage.name, this.#timeoutMs);
    call.abort(error);
    return error;
  }

  /** @returns the stage's last words about a message that is given up. */
  #fail(message: MessageOf<Map>, thrown: unknown, { call, bus }: InHand<Map>): readonly MessageOf<Map>[] {
    if (thrown instanceof PutOffError) {
      this.counters.add('putOff');
      throw thrown;
    }
    const { logger, store } = this.#options;
    const mode = this.#mayTryAgain(thrown, call.attempt) ? 'retry' : this.#modeFor(thrown);
    this.counters.add('failed');
    if (thrown instanceof HandlerTimeoutError) this.counters.add('timedOut');
    logger.error({ ...this.#about(message), code: codeOf(thrown), mode }, 'not handled');
    if (mode === 'retry') throw thrown;
    this.#blame(thrown);
    if (mode === 'nack') throw thrown;
    if (mode === 'store') {
      this.counters.add('deadLettered');
      store(message, thrown, call.attempt);
      bus.giveUp(thrown);
    }
    return this.#lastWords(message, thrown, call);
  }

  #lastWords(message: MessageOf<Map>, thrown: unknown, call: StageCall<Map>): readonly MessageOf<Map>[] {
    try {
      const lastWords = this.stage.giveUp?.(message, thrown, call) ?? [];
      // Where there is no end to the work, last words would be answered by others.
      if (thrown instanceof TooManyMessagesError) return [];
      this.#spend(message, lastWords.length);
      return lastWords;
    } catch (again) {
      const fields = { ...this.#about(message), code: codeOf(again) };
      this.#options.logger.error(fields, 'its last words failed too');
      return [];
    }
  }

  #mayTryAgain(thrown: unknown, attempt: number): boolean {
    const isFinal = thrown instanceof MessageRefusedError || thrown instanceof StageStoppedError;
    return !isFinal && attempt <= this.retry.attempts;
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
    // One that is left alone when it fails needs nobody to start it again.
    if (this.stage.breaker !== undefined) return;
    this.#failuresInARow++;
    if (this.#failuresInARow < this.#options.settings.maxConsecutiveFailures) return;
    this.counters.isStopped = true;
    this.#options.logger.error({ stage: this.stage.name, failures: this.#failuresInARow }, 'stage stopped');
  }

  #about({ id, type, correlationId }: Message): LogFields {
    return { messageId: id, type, stage: this.stage.name, correlationId };
  }
}

const codeOf = (thrown: unknown): string => (thrown instanceof AppError ? thrown.code : 'unexpected');
