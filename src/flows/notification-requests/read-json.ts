import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { describeIssues } from '../../events/index.ts';
import { InputError, type JsonPath, pathInWords, readChunks, repeatedMembers } from '../../kernel/index.ts';
import { notificationRequestSchema } from './notification-request.ts';
import type { RequestEntry } from './request-entry.ts';

/** A list, or an object that holds one. */
const fileSchema = z.union([
  z.array(z.unknown()),
  z.object({ notifications: z.array(z.unknown()) }).transform(({ notifications }) => notifications),
]);

/**
 * The requests of a JSON file: an array, or `{"notifications":[…]}`, of objects with `userId` (or `user_id`),
 * `channels`, `message` and, unless it is normal, `priority`. The whole file is held in memory. One that does
 * not fit is handed out with what is wrong with it.
 * @throws {InputError} when the file cannot be read, or is no such JSON.
 */
export async function* readJson(file: string): AsyncGenerator<RequestEntry> {
  const { value, repeated } = await parseFile(file);
  const result = fileSchema.safeParse(value);
  if (!result.success) {
    throw new InputError({
      message: `${JSON.stringify(file)} holds no list of notifications`,
      help: 'Write an array of requests, or {"notifications":[…]}.',
    });
  }
  const repeatedIn = repetitionsByEntry(file, repeated);
  for (const [index, input] of result.data.entries()) {
    const member = repeatedIn.get(index);
    const entry =
      member === undefined ? entryOf(input) : { problem: `${pathInWords(member)} is there twice` };
    yield { place: `#${index + 1}`, share: (index + 1) / result.data.length, ...entry };
  }
}

/**
 * By the index of an entry, the first member that is in it twice.
 * @throws {InputError} when the list itself is there twice.
 */
function repetitionsByEntry(file: string, repeated: readonly JsonPath[]): Map<number, JsonPath> {
  const byEntry = new Map<number, JsonPath>();
  for (const path of repeated) {
    const at = path.findIndex((step) => typeof step === 'number');
    const index = path[at];
    if (typeof index === 'number') {
      if (!byEntry.has(index)) byEntry.set(index, path.slice(at + 1));
    } else {
      throw new InputError({
        message: `${JSON.stringify(file)} says ${pathInWords(path)} twice`,
        help: 'Put all requests into one list.',
      });
    }
  }
  return byEntry;
}

async function parseFile(file: string): Promise<{ value: unknown; repeated: JsonPath[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(file)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) {
    throw new InputError({ message: `${JSON.stringify(file)} is not UTF-8`, help: 'Save it as UTF-8.' });
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return { value: JSON.parse(text), repeated: repeatedMembers(text) };
  } catch (thrown) {
    const message = `${JSON.stringify(file)} is not JSON${whereIn(text, String(thrown))}`;
    throw new InputError({ message, help: 'Look for a comma, a quote or a bracket too many, or missing.' });
  }
}

/** The parser says a position, which nobody can look up; the rest of what it says quotes the file. */
function whereIn(text: string, reason: string): string {
  const position = /position (\d+)/.exec(reason)?.[1];
  if (position !== undefined) return `: see line ${text.slice(0, Number(position)).split('\n').length}`;
  return reason.includes('end of JSON') ? ': it ends too early' : '';
}

function entryOf(input: unknown) {
  const result = notificationRequestSchema.safeParse(withUserId(input));
  return result.success ? { request: result.data } : { problem: describeIssues(result.error) };
}

/** The CSV files say `user_id`. */
function withUserId(input: unknown): unknown {
  const isOurs = typeof input === 'object' && input !== null && 'user_id' in input;
  return isOurs ? { userId: input.user_id, ...input } : input;
}
