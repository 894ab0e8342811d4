import type { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceContext } from '../events/index.ts';
import { type Clock, intercept } from '../kernel/index.ts';
import type { AnsweringServices } from '../services/index.ts';
import { errorOf } from './error-of.ts';
import type { NewIds } from './new-ids.ts';
import type { Scope, Scopes } from './scope.ts';
import type { Attributes, SpanSink } from './span.ts';
import { contextIn } from './traceparent.ts';

export interface HttpRequest {
  readonly method: string;
  /** As it stands in the document: `/v1/orders/{orderId}/shipments`. */
  readonly route: string;
  /** Of the header, as it came. */
  readonly traceparent?: string | undefined;
}

export interface CommandsOptions {
  clock: Clock;
  sink: SpanSink;
  ids: NewIds;
  scopes: Scopes;
}

/** Spans of what somebody asks of the shop. Which trace one is in is known when it has led to a message: it is made at its end. */
export class Commands {
  readonly #options: CommandsOptions;
  readonly #requests: AsyncLocalStorage<HttpRequest>;

  constructor(options: CommandsOptions, requests: AsyncLocalStorage<HttpRequest>) {
    this.#options = options;
    this.#requests = requests;
  }

  /** What a request says of a span: it is not its parent, since the trace of a story is that of its own ids. */
  asked(): { kind: 'server' | 'internal'; attributes: Attributes; links: readonly TraceContext[] } {
    const request = this.#requests.getStore();
    if (request === undefined) return { kind: 'internal', attributes: {}, links: [] };
    const { method, route, traceparent } = request;
    const link = contextIn(traceparent);
    return {
      kind: 'server',
      attributes: { 'http.request.method': method, 'http.route': route },
      links: link === undefined ? [] : [link],
    };
  }

  around(services: AnsweringServices): AnsweringServices {
    const entries = Object.entries(services).map(([name, service]) => [
      name,
      intercept(service, {
        around: (command, call) =>
          this.during(`${name}.${command}`, { 'shop.service': name, 'shop.command': command }, call, false),
      }),
    ]);
    return Object.fromEntries(entries) as AnsweringServices;
  }

  /** @param isOfPublisher it publishes by itself, and not by a transaction that keeps what it has done. */
  async during<T>(
    name: string,
    attributes: Attributes,
    work: () => T | Promise<T>,
    isOfPublisher: boolean,
  ): Promise<T> {
    const { clock, sink, ids, scopes } = this.#options;
    const startMs = clock.now();
    const { links, ...asked } = this.asked();
    const scope: Scope = {
      spanId: ids.spanId(),
      traceId: undefined,
      messageId: undefined,
      isOfPublisher,
      isOver: false,
    };
    let error: string | undefined;
    try {
      return await scopes.run(scope, work);
    } catch (thrown) {
      error = errorOf(thrown);
      throw thrown;
    } finally {
      scope.isOver = true;
      sink.record({
        ...asked,
        name,
        traceId: scope.traceId ?? ids.traceId(),
        spanId: scope.spanId,
        startMs,
        endMs: clock.now(),
        attributes: { ...asked.attributes, ...attributes },
        links,
        error,
      });
    }
  }
}
