import { z } from 'zod';
import { AppError, rememberLast } from '../kernel/index.ts';
import type { Catalogue, MessageDefinition, MessagesOf } from './definition.ts';
import type { Message, MessageOf } from './message.ts';

/** A message that no consumer can be given: a dead letter, never a crash. */
export class InvalidMessageError extends AppError {
  readonly code: 'unknown_message_type' | 'unknown_schema_version' | 'invalid_message';

  constructor(code: InvalidMessageError['code'], message: string, help: string) {
    super({ message, help });
    this.code = code;
  }
}

const text = z.string().min(1);

const moment = z.iso.datetime({ offset: true });

const envelopeSchema = z.object({
  id: text,
  type: text,
  source: text,
  subject: text,
  time: moment,
  correlationId: text,
  causationId: text,
  schemaVersion: z.int().positive(),
  data: z.unknown(),
});

/**
 * Checks a message from anywhere against `catalogue`, and brings its data to the newest version.
 * @throws {InvalidMessageError} an unknown type or version, or an envelope or data that does not fit.
 */
export function parseMessage<C extends Catalogue>(catalogue: C, input: unknown): MessageOf<MessagesOf<C>> {
  // Nearly all are in order. To see that takes a tenth of what it takes to say what is not.
  const envelope = isEnvelope(input) ? input : check(envelopeSchema, input, 'the envelope of a message');
  const definition = Object.hasOwn(catalogue, envelope.type) ? catalogue[envelope.type] : undefined;
  if (definition === undefined) {
    throw new InvalidMessageError(
      'unknown_message_type',
      `no message is of type "${envelope.type}"`,
      `Known types: ${Object.keys(catalogue).join(', ')}.`,
    );
  }
  const data = upcast(definition, envelope.schemaVersion, envelope.data);
  const message: Message = {
    id: envelope.id,
    type: envelope.type,
    source: envelope.source,
    subject: envelope.subject,
    time: envelope.time,
    correlationId: envelope.correlationId,
    causationId: envelope.causationId,
    schemaVersion: definition.schemaVersion,
    data,
  };
  return message as MessageOf<MessagesOf<C>>;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const isMoment = rememberLast((value: unknown) => moment.safeParse(value).success);

/** Says the same as the schema of the envelope. */
function isEnvelope(input: unknown): input is z.infer<typeof envelopeSchema> {
  if (typeof input !== 'object' || input === null) return false;
  const envelope = input as Partial<Record<keyof Message, unknown>>;
  return (
    isText(envelope.id) &&
    isText(envelope.type) &&
    isText(envelope.source) &&
    isText(envelope.subject) &&
    isMoment(envelope.time) &&
    isText(envelope.correlationId) &&
    isText(envelope.causationId) &&
    Number.isSafeInteger(envelope.schemaVersion) &&
    (envelope.schemaVersion as number) > 0
  );
}

/**
 * A message of the log for whoever only asks for history: undefined when this program cannot read it, for instance
 * since a newer one wrote it. Whoever is to handle it has a dead letter.
 */
export function readMessage<C extends Catalogue>(
  catalogue: C,
  input: unknown,
): MessageOf<MessagesOf<C>> | undefined {
  try {
    return parseMessage(catalogue, input);
  } catch (thrown) {
    if (thrown instanceof InvalidMessageError) return undefined;
    throw thrown;
  }
}

function upcast(definition: MessageDefinition, version: number, input: unknown): unknown {
  const schema = definition.versions[version - 1];
  if (schema === undefined) {
    throw new InvalidMessageError(
      'unknown_schema_version',
      `${definition.type} has no schema version ${version}`,
      `This program knows versions 1 to ${definition.schemaVersion}; a newer one may be needed.`,
    );
  }
  const data = check(schema, input, `${definition.type} version ${version}`);
  return definition.upcasters
    .slice(version - 1)
    .reduce((older: unknown, toNext) => toNext(older as never), data);
}

function check<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidMessageError(
    'invalid_message',
    `${what} does not fit its schema: ${describeIssues(result.error)}`,
    'Mend the publisher, then publish the message again.',
  );
}

/** All of a schema's complaints in one line: `data.quantity: Too small: …; data.at: …`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ');
}
