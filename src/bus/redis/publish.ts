import type { Partitioned } from '../partition.ts';
import type { Broker } from './broker.ts';
import { BrokerUnavailableError } from './errors.ts';
import type { Keys } from './keys.ts';
import { publishing } from './scripts.ts';

/** How many messages the server takes in one step: meanwhile it answers nobody else. */
const mostAtOnce = 500;
/** So long the replicas are waited for, milliseconds. */
const replicasMs = 1000;

/**
 * Puts messages into the stream, in their order, and what fits no schema among the dead.
 * @returns the dead letters, with their numbers.
 * @throws {BrokerUnavailableError} some of them may be there.
 */
export async function enter(
  broker: Pick<Broker, 'send' | 'replicas' | 'shown'>,
  keys: Keys,
  { accepted, refused }: Partitioned,
): Promise<readonly [number, string][]> {
  const messages = accepted.map((message) => JSON.stringify(message));
  const letters = refused.map((letter) => JSON.stringify(letter));
  const names = [keys.messages, keys.dead, keys.deadNumber];
  const steps: Promise<number[]>[] = [];
  // Each is asked for before the one before it is answered, so that nothing comes in between; with its text, since a server that does not
  // know the script would be told it behind what was asked for meanwhile.
  for (let from = 0; from < Math.max(messages.length, 1); from += mostAtOnce) {
    const some = messages.slice(from, from + mostAtOnce);
    const args = [String(some.length), ...some, ...(from === 0 ? letters : [])];
    steps.push(broker.send(['EVAL', publishing.text, String(names.length), ...names, ...args]));
  }
  const copied =
    broker.replicas > 0
      ? broker.send<number>(['WAIT', String(broker.replicas), String(replicasMs)])
      : Promise.resolve(0);
  const [numbers = []] = await Promise.all(steps);
  if ((await copied) < broker.replicas) {
    const reason = `NOREPLICAS only ${await copied} of ${broker.replicas} replicas have it`;
    throw new BrokerUnavailableError(broker.shown, new Error(reason));
  }
  return letters.map((letter, index) => [numbers[index] ?? 0, letter]);
}
