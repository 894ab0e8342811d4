import { type Clock, type Ids, rememberLast } from '../kernel/index.ts';

const isoTime = rememberLast((ms: number) => new Date(ms).toISOString());

/** An immutable fact, in a CloudEvents 1.0 envelope in camel case. */
export interface Message<Type extends string = string, Data = unknown> {
  /** A UUIDv7. A message that is delivered twice has the same id both times. */
  readonly id: string;
  readonly type: Type;
  /** Who says so: `/services/ordering`. */
  readonly source: string;
  /** The id of the entity that it is about. Messages of one subject are handled in order. */
  readonly subject: string;
  /** When it happened: ISO 8601, UTC. */
  readonly time: string;
  /** Equal on all messages that one command led to. */
  readonly correlationId: string;
  /** The id of the message or command that led to this one. */
  readonly causationId: string;
  /** Of `data`. Consumers only ever see the newest. */
  readonly schemaVersion: number;
  readonly data: Data;
}

/** Message type → its newest data. */
// biome-ignore lint/suspicious/noExplicitAny: a map of any data types.
export type MessageMap = Record<string, any>;

/** The message of one type, or a union of the messages of several. */
export type MessageOf<Map extends MessageMap, Type extends keyof Map = keyof Map> = {
  [T in Type & string]: Message<T, Map[T]>;
}[Type & string];

/** What led to a message; left out, the message begins a story of its own. */
export interface Cause {
  readonly correlationId: string;
  readonly id: string;
}

export interface MessagePorts {
  clock: Clock;
  ids: Ids;
}

interface MessageKind<Type extends string, Data> {
  readonly type: Type;
  readonly source: string;
  readonly schemaVersion: number;
  subjectOf(data: Data): string;
}

/** Makes the message that says `data`, now. */
export function createMessage<Type extends string, Data>(
  { clock, ids }: { readonly clock: Pick<Clock, 'now'>; readonly ids: Ids },
  kind: MessageKind<Type, Data>,
  data: Data,
  cause?: Cause,
): Message<Type, Data> {
  const id = ids.next();
  return {
    id,
    type: kind.type,
    source: kind.source,
    subject: kind.subjectOf(data),
    time: isoTime(clock.now()),
    correlationId: cause?.correlationId ?? id,
    causationId: cause?.id ?? id,
    schemaVersion: kind.schemaVersion,
    data,
  };
}
