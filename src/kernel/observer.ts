import { messageOf } from './errors.ts';
import type { LogFields, Logger } from './log.ts';

export interface ObserverOptions<Seen> {
  /** Left out: nobody wants to know. */
  tell: ((seen: Seen) => unknown) | undefined;
  logger: Logger;
  /** What the log says when it fails: `nobody could be told of a dead letter`. */
  words: string;
  /** What of it may be logged. */
  about?(seen: Seen): LogFields;
}

/**
 * A callback of somebody else's, which must change nothing for those who are observed: what it throws is logged, and
 * so is what it rejects with. The promise never rejects; undefined when there is nothing to wait for.
 */
export function createObserver<Seen>({
  tell,
  logger,
  words,
  about = () => ({}),
}: ObserverOptions<Seen>): (seen: Seen) => Promise<void> | undefined {
  const failed = (seen: Seen, thrown: unknown): void =>
    logger.error({ ...about(seen), reason: messageOf(thrown) }, words);
  return (seen) => {
    try {
      const told = tell?.(seen);
      if (!isPromiseLike(told)) return undefined;
      return Promise.resolve(told).then(
        () => {},
        (thrown) => failed(seen, thrown),
      );
    } catch (thrown) {
      failed(seen, thrown);
      return undefined;
    }
  };
}

const isPromiseLike = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
