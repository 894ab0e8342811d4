import type { Datastore, Stores } from '../../datastore/index.ts';
import { type Catalogue, InvalidMessageError, keptCloudEvent, type Message } from '../../events/index.ts';
import { AppError, InputError, type Line, readChunks, splitLines } from '../../kernel/index.ts';

export interface Imported {
  /** Events that the log did not hold. */
  readonly added: number;
  /** Those that it held already, by their ids. */
  readonly known: number;
}

const maxLineBytes = 2 ** 20;
const appendedAtOnce = 500;

/**
 * Appends a file of CloudEvents in JSON, one a line, to the log: all of it, or nothing. What the log holds already, by
 * its id, is not doubled.
 * @param catalogues Two of them may call different messages by one name.
 * @throws {InputError} a line is no event that one of them knows, the file cannot be read, or it holds none.
 */
export function importLog(
  datastore: Datastore,
  catalogues: readonly Catalogue[],
  file: string,
): Promise<Imported> {
  return datastore.transaction(async (stores) => {
    const before = await stores.consumption.head();
    let [read, held]: [number, Message[]] = [0, []];
    for await (const line of splitLines(readChunks(file), maxLineBytes)) {
      if (line.bytes !== null && line.bytes.toString().trim() === '') continue;
      held.push(messageOf(catalogues, line));
      read++;
      if (held.length < appendedAtOnce) continue;
      await append(stores, held);
      held = [];
    }
    await append(stores, held);
    if (read === 0)
      throw new InputError({
        message: `${JSON.stringify(file)} holds no event`,
        help: 'Name a file that `npm run events -- export` has written.',
      });
    const added = (await stores.consumption.head()) - before;
    return { added, known: read - added };
  });
}

const append = async ({ eventLog }: Stores, messages: readonly Message[]): Promise<void> => {
  if (messages.length > 0) await eventLog.append(messages);
};

function messageOf(catalogues: readonly Catalogue[], { number, bytes }: Line): Message {
  try {
    if (bytes === null) throw badLine('it is longer than 1 MiB', 'Write one event a line.');
    return knownTo(catalogues, parsed(bytes.toString()));
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new InputError({
      message: `line ${number}: ${thrown.message}`,
      help: `${thrown.help} Nothing was imported.`,
      cause: thrown,
    });
  }
}

/** @throws {InvalidMessageError} why the one that knows its type refuses it. */
function knownTo(catalogues: readonly Catalogue[], input: unknown): Message {
  const refusals: InvalidMessageError[] = [];
  for (const catalogue of catalogues) {
    try {
      return keptCloudEvent(catalogue, input);
    } catch (thrown) {
      if (!(thrown instanceof InvalidMessageError)) throw thrown;
      refusals.push(thrown);
    }
  }
  throw refusals.find(({ code }) => code !== 'unknown_message_type') ?? refusals[0];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badLine('it is no JSON', 'Write one CloudEvent in JSON a line.');
  }
}

const badLine = (message: string, help: string): InputError => new InputError({ message, help });
