import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { AppError, pathInWords, repeatedMembers } from '../../../kernel/index.ts';
import { type Command, parseCommand } from '../../../services/index.ts';

/** A line of a history that holds no command. What the command itself says wrong is a {@link DomainError}. */
export class HistoryLineError extends AppError {
  readonly code:
    | 'line_too_long'
    | 'not_utf8'
    | 'not_json'
    | 'not_an_object'
    | 'repeated_member'
    | 'bad_date'
    | 'not_in_order';

  constructor(code: HistoryLineError['code'], message: string, help: string) {
    super({ message, help });
    this.code = code;
  }
}

/** A command and when it was given. */
export interface DatedCommand {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly command: Command;
}

/**
 * The command of one line.
 * @throws {HistoryLineError} the line is not a JSON object with a date.
 * @throws {DomainError} its command is unknown or not valid.
 */
export function parseHistoryLine(bytes: Buffer): DatedCommand {
  const input = parseObject(bytes);
  const command = parseCommand(input);
  return { atMs: parseDate(input), command };
}

function parseObject(bytes: Buffer): object {
  if (!isUtf8(bytes)) {
    throw new HistoryLineError('not_utf8', 'the line is not UTF-8', 'Save the file as UTF-8.');
  }
  const text = bytes.toString('utf8');
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    // The parser's own words quote the line, which may hold someone's address.
    throw new HistoryLineError('not_json', 'the line is not JSON', oneObjectALine);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new HistoryLineError('not_an_object', 'the line is JSON, but not an object', oneObjectALine);
  }
  refuseRepetition(text);
  return input;
}

/** Nobody knows which of the two was meant. */
function refuseRepetition(text: string): void {
  const [repeated] = repeatedMembers(text);
  if (repeated === undefined) return;
  const message = `the line says ${pathInWords(repeated)} twice`;
  throw new HistoryLineError('repeated_member', message, 'Say it once.');
}

const oneObjectALine = 'Write one JSON object a line, with no comma behind it.';

const toTheSecond = z.iso.datetime({ offset: true });
const toTheMinute = z.iso.datetime({ offset: true, precision: -1 });

function parseDate({ at }: { at?: unknown }): number {
  const isDate = toTheSecond.safeParse(at).success || toTheMinute.safeParse(at).success;
  const atMs = isDate ? Date.parse(String(at)) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  const complaint = at === undefined ? 'is missing' : 'is not a date and time with an offset';
  throw new HistoryLineError('bad_date', `at ${complaint}`, 'Write ISO 8601, such as 2016-05-01T09:12:00Z.');
}
