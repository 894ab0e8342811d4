import { type Clock, intercept } from '../../../../kernel/index.ts';
import type { ProcessInterceptor } from '../../../../shop/index.ts';
import { type CrashPoint, ProcessDiedError } from '../../../faults/index.ts';

/** What an answer of the datastore takes, half of it before it takes effect: milliseconds of virtual time. */
export const datastoreMs = 2;

/**
 * A process whose questions to the datastore take time, on its own clock: it can be killed between two of them. What is
 * asked within a transaction is a part of it, and takes none of its own.
 */
export function takingTime(
  process: ProcessInterceptor,
  clock: Pick<Clock, 'now' | 'schedule'>,
  crashPoint: CrashPoint,
): ProcessInterceptor {
  const waiting = new Set<(died: ProcessDiedError) => void>();
  crashPoint.atDeath(() => {
    for (const reject of waiting) reject(new ProcessDiedError());
  });

  const half = (): Promise<void> =>
    new Promise((resolve, reject) => {
      process.throwIfDead();
      waiting.add(reject);
      clock.schedule(clock.now() + datastoreMs / 2, () => {
        waiting.delete(reject);
        resolve();
      });
    });
  async function slowly<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    await half();
    const answer = await call();
    await half();
    return answer;
  }
  const slowStore = <Store extends object>(store: Store): Store =>
    intercept(store, {
      // What comes in pages is asked for later.
      around: (method, call) => (method === 'pages' ? call() : slowly(async () => call())),
    });

  return intercept(process, {
    instead: {
      datastore(own) {
        const datastore = process.datastore(own);
        return intercept(datastore, {
          within: (_, store) => slowStore(store),
          instead: { transaction: (work) => slowly(() => datastore.transaction(work)) },
        });
      },
    },
  });
}
