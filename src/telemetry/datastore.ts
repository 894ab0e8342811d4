import type { Datastore, EventLog, Stores } from '../datastore/index.ts';
import { type Message, traceIdOf } from '../events/index.ts';
import { intercept } from '../kernel/index.ts';
import { type BusOptions, recordMessage } from './bus.ts';

/**
 * Tells a command which trace it is in, once what it has led to is committed.
 * @param isPublished Whether what joins the log is published too. Where nothing flows, its span is made here.
 */
export function tracedDatastore(
  datastore: Datastore,
  options: BusOptions & { readonly isPublished: boolean },
): Datastore {
  const { scopes, isPublished } = options;

  function committed(messages: readonly Message[]): void {
    const scope = scopes.current;
    const [first] = messages;
    if (first === undefined) return;
    // Of a handler, and of a timer that a command has set, the trace is known.
    if (scope && !scope.isOver && scope.traceId === undefined) scope.traceId = traceIdOf(first.correlationId);
    if (!isPublished) for (const message of messages) recordMessage(options, message, 'create');
  }

  const watched = (eventLog: EventLog, appended: (messages: readonly Message[]) => void): EventLog =>
    intercept(eventLog, {
      instead: {
        async append(messages) {
          await eventLog.append(messages);
          appended(messages);
        },
      },
    });

  return intercept(datastore, {
    instead: {
      eventLog: watched(datastore.eventLog, committed),
      async transaction(work) {
        let messages: readonly Message[] = [];
        const noting = (stores: Stores): Stores =>
          intercept(stores, {
            instead: {
              eventLog: watched(stores.eventLog, (appended) => {
                messages = [...messages, ...appended];
              }),
            },
          });
        const result = await datastore.transaction((stores) => {
          // A transaction that is begun again begins with nothing.
          messages = [];
          return work(noting(stores));
        });
        committed(messages);
        return result;
      },
    },
  });
}
