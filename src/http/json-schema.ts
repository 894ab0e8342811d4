import { z } from 'zod';

export type ObjectSchema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
};

export interface JsonSchemaOptions {
  /** Of what comes in, or of what goes out. Default `input`. */
  readonly io?: 'input' | 'output';
  /** Default: the draft of OpenAPI 3.1. */
  readonly target?: 'draft-2020-12' | 'draft-7';
}

/**
 * A schema to stand anywhere in a document. What is defined by itself, which is only JSON of any kind, may be anything
 * there: a reference would lead to the document's root.
 */
export function jsonSchema(schema: z.ZodType, options: JsonSchemaOptions = {}): ObjectSchema {
  const {
    $schema: _,
    $defs: _defs,
    definitions: _definitions,
    ...rest
  } = z.toJSONSchema(schema, { ...options, unrepresentable: 'any' });
  const text = JSON.stringify(rest, (_name, value) => (isReference(value) ? {} : value));
  return JSON.parse(text);
}

const isReference = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '$ref' in value;
