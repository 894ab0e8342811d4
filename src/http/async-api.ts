import type { z } from 'zod';
import type { Catalogue, MessageDefinition } from '../events/index.ts';
import { jsonSchema } from './json-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** Where all of them come from. */
const channel = 'events';

/**
 * What stands in the event log and comes on its stream, in AsyncAPI 3.0: every version of every message, made of the
 * schemas by which they are checked.
 */
export function asyncApiOf(catalogue: Catalogue): Json {
  const messages = Object.fromEntries(
    Object.values(catalogue).flatMap((definition) =>
      definition.versions.map((schema, index) => {
        const version = index + 1;
        return [`${definition.type}.v${version}`, documented(definition, version, schema)];
      }),
    ),
  );
  const names = Object.keys(messages);
  return {
    asyncapi: '3.0.0',
    info: { title: 'What happens in the shop', version: '1' },
    defaultContentType: 'application/json',
    channels: {
      [channel]: {
        address: '/v1/events',
        description:
          'The event log: a page of it in JSON, or, with `Accept: text/event-stream`, a stream in which the id of an event is its position',
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: {
      tellWhatHappens: {
        action: 'send',
        channel: { $ref: `#/channels/${channel}` },
        summary: 'Tell what happens, in the order in which it did',
        messages: names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
      },
    },
    components: { messages },
  };
}

function documented(
  { type, source, schemaVersion }: MessageDefinition,
  version: number,
  data: z.ZodType,
): Json {
  const isNewest = version === schemaVersion;
  return {
    name: type,
    title: `${type}, version ${version}`,
    summary: isNewest ? 'As it is written now' : `As it was written before version ${version + 1}`,
    contentType: 'application/json',
    payload: cloudEvent({ type, source, version, data }),
  };
}

const text = { type: 'string' };

/** As `toCloudEvent` writes it. */
function cloudEvent({
  type,
  source,
  version,
  data,
}: {
  type: string;
  source: string;
  version: number;
  data: z.ZodType;
}): Json {
  const properties = {
    specversion: { const: '1.0' },
    id: text,
    type: { const: type },
    source: { const: source },
    subject: { ...text, description: 'What orders messages: those of one subject come in order' },
    time: { ...text, format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    correlationid: { ...text, description: 'The same for all that one command has led to' },
    causationid: text,
    schemaversion: { const: version },
    traceparent: {
      ...text,
      pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-01$',
      description: 'W3C Trace Context: its trace is that of the correlation id, its span the message',
    },
    data: jsonSchema(data, { target: 'draft-7', io: 'output' }),
  };
  return { type: 'object', required: Object.keys(properties), properties };
}
