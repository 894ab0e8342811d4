import type { z } from 'zod';

type Versions = readonly [z.ZodType, ...z.ZodType[]];
type Newest<V extends Versions> = V extends readonly [...unknown[], infer Last extends z.ZodType]
  ? z.infer<Last>
  : never;

/** One kind of message: who sends it, what orders it, and the shape of its data in every version. */
export interface MessageDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly source: string;
  /** The newest version. */
  readonly schemaVersion: number;
  /** The schema of version 1, 2, … */
  readonly versions: Versions;
  /** From version 1 to 2, from 2 to 3, … */
  readonly upcasters: readonly ((older: never) => unknown)[];
  subjectOf(data: Data): string;
}

interface DefinitionOptions<Type extends string, V extends Versions> {
  type: Type;
  source: string;
  /** The entity's id, which is the ordering key. */
  subject(data: Newest<V>): string;
  /** The zod schema of each version, oldest first. */
  versions: V;
  /** One from each version to the next. */
  upcasters?: readonly ((older: never) => unknown)[];
}

/** @throws {TypeError} when a version has no upcaster to the next. */
export function defineMessage<const Type extends string, const V extends Versions>({
  type,
  source,
  subject,
  versions,
  upcasters = [],
}: DefinitionOptions<Type, V>): MessageDefinition<Type, Newest<V>> {
  if (upcasters.length !== versions.length - 1) {
    throw new TypeError(`${type} has ${versions.length} versions and ${upcasters.length} upcasters`);
  }
  return { type, source, schemaVersion: versions.length, versions, upcasters, subjectOf: subject };
}

/** Definitions by message type. */
// biome-ignore lint/suspicious/noExplicitAny: definitions of any data types.
export type Catalogue = Readonly<Record<string, MessageDefinition<string, any>>>;

/** Message type → its newest data, of a catalogue. */
export type MessagesOf<C extends Catalogue> = {
  [Type in keyof C & string]: C[Type] extends MessageDefinition<string, infer Data> ? Data : never;
};
