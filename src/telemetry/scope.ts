import { AsyncLocalStorage } from 'node:async_hooks';
import { type Message, type TraceContext, traceIdOf } from '../events/index.ts';

/** What is at work, and what its spans hang on. */
export interface Scope {
  spanId: string;
  /** Undefined: a command that has led to nothing yet. */
  traceId: string | undefined;
  /** The message that is handled. Undefined: a command. */
  readonly messageId: string | undefined;
  /** A command that publishes with no transaction: the first message that it leads to says which trace it is. */
  readonly isOfPublisher: boolean;
  isOver: boolean;
}

/** Knows, wherever in the code, on whose behalf it runs. */
export class Scopes {
  readonly #current = new AsyncLocalStorage<Scope>();

  get current(): Scope | undefined {
    return this.#current.getStore();
  }

  run<T>(scope: Scope, work: () => T): T {
    return this.#current.run(scope, work);
  }

  /** What was at work is forgotten: as long as it is remembered, each promise in the process takes several times as long. */
  stop(): void {
    this.#current.disable();
  }

  /**
   * The span that led to this message. A timer, or a loop that a command has started, runs on in its scope: so it is asked
   * whether the message says so too.
   */
  parentOf({ id, correlationId, causationId }: Message): Pick<TraceContext, 'spanId'> | undefined {
    const scope = this.current;
    if (scope === undefined) return undefined;
    if (scope.messageId !== undefined) return scope.messageId === causationId ? scope : undefined;
    if (scope.isOver) return undefined;
    if (scope.traceId === undefined && scope.isOfPublisher && id === causationId)
      scope.traceId = traceIdOf(correlationId);
    return scope.traceId === traceIdOf(correlationId) ? scope : undefined;
  }
}
