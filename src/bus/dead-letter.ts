import type { DeadMessage, KeptDeadMessage } from '../datastore/index.ts';
import type { Message } from '../events/index.ts';
import { AppError, defectOf, type Logger, messageOf } from '../kernel/index.ts';
import type { DeadLetter } from './contract.ts';

const idPattern = /^message-([1-9]\d{0,14})$/;

export const letterId = (number: number): string => `message-${number}`;

/** The number in the id of a letter; undefined when it is no such id. */
export function letterNumber(id: string): number | undefined {
  const digits = idPattern.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Anything that was thrown, as a dead letter keeps it; of a defect with the line that made it. */
export function errorOf(thrown: unknown): DeadLetter['error'] {
  const at = defectOf(thrown)?.at;
  return {
    name: thrown instanceof Error ? thrown.name : 'Error',
    code: thrown instanceof AppError ? thrown.code : null,
    message: messageOf(thrown) + (at === undefined ? '' : ` (${at})`),
  };
}

/** Who a message is; what was refused may have anything where a text belongs. */
export function identityOf(message: unknown): Pick<DeadLetter, 'messageId' | 'messageType'> {
  const { id, type } = (message ?? {}) as Partial<Message>;
  return { messageId: textOr(id, 'unknown'), messageType: textOr(type, 'unknown') };
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** A dead message as it is to be stored. */
export function deadMessage(
  message: unknown,
  thrown: unknown,
  circumstances: Pick<
    DeadMessage,
    'subscriber' | 'position' | 'attempts' | 'firstFailedAtMs' | 'lastFailedAtMs'
  >,
): DeadMessage {
  const { name, code, message: errorMessage } = errorOf(thrown);
  return {
    ...identityOf(message),
    ...circumstances,
    message: toJson(message),
    errorName: name,
    errorCode: code,
    errorMessage,
  };
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (thrown) {
    return JSON.stringify(`not to be written as JSON: ${messageOf(thrown)}`);
  }
}

/** The other way round: as people are shown it. */
export const toDeadLetter = (dead: KeptDeadMessage): DeadLetter => ({
  id: letterId(dead.id),
  messageId: dead.messageId,
  messageType: dead.messageType,
  subscriber: dead.subscriber,
  error: { name: dead.errorName, code: dead.errorCode, message: dead.errorMessage },
  attempts: dead.attempts,
  firstFailedAtMs: dead.firstFailedAtMs,
  lastFailedAtMs: dead.lastFailedAtMs,
  message: JSON.parse(dead.message),
});

/** What the log says when whoever was to be told of a dead letter failed. */
export const untold = 'nobody could be told of a dead letter';

/** Of a defect the log says which line made it, so that its author hears of it. */
export function logDeadLetter(
  logger: Logger,
  { messageId, messageType, subscriber, error }: DeadLetter,
): void {
  const { name, code, message } = error;
  const at = code === null ? placeAtTheEnd.exec(message)?.[1] : undefined;
  logger.error(
    {
      messageId,
      messageType,
      subscriber: subscriber ?? '-',
      code: code ?? name,
      ...(at !== undefined && { defect: `${name} at ${at}` }),
    },
    'dead letter',
  );
}

/** As {@link errorOf} has put it there. */
const placeAtTheEnd = /\(([^()\s]+\.[cm]?[jt]sx?:\d+:\d+)\)$/;
