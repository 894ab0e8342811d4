import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { describeIssues } from '../../events/index.ts';
import { InputError, readChunks } from '../../kernel/index.ts';
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
  const result = fileSchema.safeParse(await parseFile(file));
  if (!result.success) {
    throw new InputError({
      message: `${JSON.stringify(file)} holds no list of notifications`,
      help: 'Write an array of requests, or {"notifications":[…]}.',
    });
  }
  for (const [index, input] of result.data.entries()) {
    yield { place: `#${index + 1}`, share: (index + 1) / result.data.length, ...entryOf(input) };
  }
}

async function parseFile(file: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(file)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) {
    throw new InputError({ message: `${JSON.stringify(file)} is not UTF-8`, help: 'Save it as UTF-8.' });
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const message = `${JSON.stringify(file)} is not JSON${whereIn(text, String(thrown))}`;
    throw new InputError({ message, help: 'Look for a comma, a quote or a bracket too many, or missing.' });
  }
}

/** The parser says a position, which nobody can look up; the rest of what it says quotes the file. */
function whereIn(text: string, complaint: string): string {
  const position = /position (\d+)/.exec(complaint)?.[1];
  if (position !== undefined) return `: see line ${text.slice(0, Number(position)).split('\n').length}`;
  return complaint.includes('end of JSON') ? ': it ends too early' : '';
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
