import type { Datastore, DeliveryRecord } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import { deliveryId } from '../../notifications/index.ts';
import { moment } from '../../report/index.ts';
import { type DeadLetterStore, keyOf } from './dead-letter-store.ts';
import type { Letter } from './letter.ts';

/** How many of those that an abbreviation may mean are named. */
const candidatesNamed = 3;

/**
 * The letters of these ids, each once. An id of a delivery may be cut off in front of any of its colons, where no
 * other dead letter begins like it: `order-shipped:ord-1001`.
 * @throws {InputError} one of them is none, or may be several.
 */
export async function findLetters(
  datastore: Datastore,
  box: DeadLetterStore,
  ids: readonly string[],
): Promise<readonly Letter[]> {
  const found = new Map<string, Letter>();
  for (const id of ids) {
    const letter = (await box.find(id)) ?? (await abbreviated(id, box));
    if (letter === undefined) throw await explainMissing(id, datastore);
    found.set(letter.id, letter);
  }
  return [...found.values()];
}

/** @throws {InputError} it may be several. */
async function abbreviated(id: string, box: DeadLetterStore): Promise<Letter | undefined> {
  const candidates: Letter[] = [];
  for await (const page of box.deliveries())
    candidates.push(...page.filter((letter) => letter.id.startsWith(`${id}:`)));
  if (candidates.length > 1) throw ambiguous(id, candidates);
  return candidates[0];
}

async function explainMissing(id: string, { ledger }: Datastore): Promise<InputError> {
  const whole = await ledger.find('id', id);
  const entries = whole.length > 0 ? whole : await ledger.find('id', keyOf(id).notificationId);
  const deliveries = entries.flatMap((entry) => entry.deliveries);
  const meant = deliveries.filter((delivery) => whole.length > 0 || idOf(delivery) === id);
  return meant.length === 0 ? unknown(id) : alive(id, meant);
}

const idOf = ({ notificationId, channel }: DeliveryRecord): string => deliveryId(notificationId, channel);

function ambiguous(id: string, letters: readonly Letter[]): InputError {
  const named = letters.slice(0, candidatesNamed).map((letter) => letter.id);
  const more = letters.length > named.length ? ` and ${letters.length - named.length} more` : '';
  return new InputError({
    message: `"${id}" may be any of ${letters.length} dead letters: ${named.join(', ')}${more}`,
    help: 'Give more of the id, up to a colon.',
  });
}

const unknown = (id: string): InputError =>
  new InputError({
    message: `there is no dead letter "${id}"`,
    help: 'See `npm run dead-letters -- list` with the same --data; it may have been dealt with.',
  });

/** It is known, and nobody has to be asked about it. */
function alive(id: string, deliveries: readonly DeliveryRecord[]): InputError {
  const states = deliveries.map((delivery) =>
    deliveries.length === 1 ? stateOf(delivery) : `${delivery.channel} ${stateOf(delivery)}`,
  );
  return new InputError({
    message: `"${id}" is no dead letter: ${states.join(', ')}`,
    help: `\`npm run explain -- ${id}\` with the same --data says more.`,
  });
}

function stateOf({ status, reason, dueAtMs, settledAtMs }: DeliveryRecord): string {
  if (status === 'pending')
    return dueAtMs === null ? 'is in hand' : `waits until ${moment(dueAtMs)} UTC (${reason ?? 'requested'})`;
  const what = status === 'sent' ? 'was sent' : `was skipped (${reason})`;
  return settledAtMs === null ? what : `${what} at ${moment(settledAtMs)} UTC`;
}
