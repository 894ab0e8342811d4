import type { ConsumerPorts } from './consumer-ports.ts';
import { committing, run } from './scripts.ts';
import type { Work } from './work.ts';

export interface CommitPorts
  extends Pick<
    ConsumerPorts,
    'broker' | 'keys' | 'consumer' | 'remembered' | 'insist' | 'onDead' | 'onTimer' | 'onPublished'
  > {
  readonly subscriber: string;
  onRetry(dueAtMs: number): void;
}

/**
 * Resolves when the broker knows. While it is away that is tried again, and what was handled is not handled again: told twice, it is not
 * this consumer's any more.
 * @returns the key that another has changed meanwhile; undefined: nothing stands in the way.
 */
export async function commit(work: Work, ports: CommitPorts): Promise<string | undefined> {
  const { keys, broker, remembered, subscriber, consumer } = ports;
  const { again, handled, retries, states, stateKeys } = keys.of(subscriber);
  const own = [keys.messages, again, handled, retries, states, stateKeys];
  const names = [...own, keys.timers, keys.timerMessages, keys.dead, keys.deadNumber];
  const told = JSON.stringify({ ...work, group: subscriber, consumer, remembered });
  const [what, ...rest] = await ports.insist(() => run<string[]>(broker, committing, names, [told]));
  if (what === 'conflict') return rest[0];
  if (what === 'done') tell(work, rest, ports);
  return undefined;
}

function tell({ emitted, dead, timers, retry }: Work, numbers: readonly string[], ports: CommitPorts): void {
  for (const [index, letter] of dead.entries()) ports.onDead(Number(numbers[index]), letter);
  for (const { dueAtMs, json } of timers) if (json !== undefined) ports.onTimer(Number(dueAtMs));
  if (retry) ports.onRetry(Number(retry.dueAtMs));
  if (emitted.length > 0) ports.onPublished();
}
