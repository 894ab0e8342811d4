import type { EventBus, MessageContext, Subscriber } from '../bus/index.ts';
import { type Message, type MessageOf, type ShopEvents, spanIdOf, traceIdOf } from '../events/index.ts';
import { type Clock, intercept } from '../kernel/index.ts';
import { errorOf } from './error-of.ts';
import type { NewIds } from './new-ids.ts';
import type { Scope, Scopes } from './scope.ts';
import type { Attributes, SpanSink } from './span.ts';

export interface BusOptions {
  clock: Clock;
  sink: SpanSink;
  ids: NewIds;
  scopes: Scopes;
}

type Operation = 'publish' | 'schedule' | 'create' | 'process';

/** As the semantic conventions of messaging have it. */
const attributesOf = ({ id, type, correlationId }: Message, operation: Operation): Attributes => ({
  'messaging.system': 'notification-architectures',
  'messaging.operation.name': operation,
  'messaging.operation.type': operationTypes[operation],
  'messaging.destination.name': type,
  'messaging.message.id': id,
  'messaging.message.conversation_id': correlationId,
});

const operationTypes = { publish: 'send', schedule: 'send', create: 'create', process: 'process' } as const;

/** The span that stands for a message itself, under the ids that its `traceparent` has in every process. */
export function recordMessage(
  { clock, sink, scopes }: BusOptions,
  message: Message,
  operation: Exclude<Operation, 'process'>,
  startMs = clock.now(),
  error?: string,
): void {
  const { id, type, correlationId, causationId } = message;
  // What led to it may have been handled long ago, in another process.
  const fallback = causationId === id ? undefined : spanIdOf(causationId);
  sink.record({
    name: `${operation} ${type}`,
    kind: 'producer',
    traceId: traceIdOf(correlationId),
    spanId: spanIdOf(id),
    parentSpanId: scopes.parentOf(message)?.spanId ?? fallback,
    startMs,
    endMs: clock.now(),
    attributes: attributesOf(message, operation),
    error,
  });
}

/** A span for each message that is published, and one for each time that a subscriber handles it. */
export function tracedBus(bus: EventBus<ShopEvents>, options: BusOptions): EventBus<ShopEvents> {
  const { clock, sink, ids, scopes } = options;

  const traced = (subscriber: Subscriber<ShopEvents>): Subscriber<ShopEvents> =>
    intercept(subscriber, {
      instead: { handle: (message, context) => handle(subscriber, message, context) },
    });

  function handle(
    subscriber: Subscriber<ShopEvents>,
    message: MessageOf<ShopEvents>,
    context: MessageContext<ShopEvents>,
  ): void | Promise<void> {
    const startMs = clock.now();
    const traceId = traceIdOf(message.correlationId);
    const scope: Scope = {
      spanId: ids.spanId(),
      traceId,
      messageId: message.id,
      isOfPublisher: false,
      isOver: false,
    };
    const emitted: (() => void)[] = [];
    let givenUp: unknown;
    const end = (error?: string): void => {
      scope.isOver = true;
      sink.record({
        name: `process ${message.type}`,
        kind: 'consumer',
        traceId,
        spanId: scope.spanId,
        parentSpanId: spanIdOf(message.id),
        startMs,
        endMs: clock.now(),
        attributes: {
          ...attributesOf(message, 'process'),
          'messaging.consumer.group.name': subscriber.name,
          'shop.attempt': context.attempt,
        },
        error: error ?? (givenUp === undefined ? undefined : errorOf(givenUp)),
      });
      // What a failing handler emitted is never seen.
      if (error === undefined) for (const record of emitted) record();
    };
    const emits = (message: Message, operation: 'publish' | 'schedule'): void => {
      emitted.push(() => scopes.run(scope, () => recordMessage(options, message, operation)));
    };
    const watched = intercept(context, {
      instead: {
        publish(messages) {
          for (const each of messages) emits(each, 'publish');
          context.publish(messages);
        },
        schedule(key, dueAtMs, each) {
          emits(each, 'schedule');
          context.schedule(key, dueAtMs, each);
        },
        giveUp(thrown) {
          givenUp = thrown ?? 'given up';
          context.giveUp(thrown);
        },
      },
    });
    const failed = (thrown: unknown): never => {
      end(errorOf(thrown));
      throw thrown;
    };
    try {
      const done = scopes.run(scope, () => subscriber.handle(message, watched));
      // One that is through at once need give no promise, and is given none here.
      if (!(done instanceof Promise)) return end();
      return done.then(() => end(), failed);
    } catch (thrown) {
      return failed(thrown);
    }
  }

  return intercept(bus, {
    instead: {
      async publish(messages) {
        const startMs = clock.now();
        let error: string | undefined;
        try {
          await bus.publish(messages);
        } catch (thrown) {
          error = errorOf(thrown);
          throw thrown;
        } finally {
          for (const message of messages) recordMessage(options, message, 'publish', startMs, error);
        }
      },
      subscribe: (subscriber) => bus.subscribe(traced(subscriber as unknown as Subscriber<ShopEvents>)),
    },
  });
}
