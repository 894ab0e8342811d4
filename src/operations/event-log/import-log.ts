import type { Datastore, Stores } from '../../datastore/index.ts';
import { type Catalogue, keptCloudEvent, type Message } from '../../events/index.ts';
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
 * @throws {InputError} a line is no event that `catalogue` knows, the file cannot be read, or it holds none.
 */
export function importLog(datastore: Datastore, catalogue: Catalogue, file: string): Promise<Imported> {
  return datastore.transaction(async (stores) => {
    const before = await stores.consumption.head();
    let [read, held]: [number, Message[]] = [0, []];
    for await (const line of splitLines(readChunks(file), maxLineBytes)) {
      if (line.bytes !== null && line.bytes.toString().trim() === '') continue;
      held.push(messageOf(catalogue, line));
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

function messageOf(catalogue: Catalogue, { number, bytes }: Line): Message {
  try {
    if (bytes === null) throw badLine('it is longer than 1 MiB', 'Write one event a line.');
    return keptCloudEvent(catalogue, parsed(bytes.toString()));
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new InputError({
      message: `line ${number}: ${thrown.message}`,
      help: `${thrown.help} Nothing was imported.`,
      cause: thrown,
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badLine('it is no JSON', 'Write one CloudEvent in JSON a line.');
  }
}

const badLine = (message: string, help: string): InputError => new InputError({ message, help });
