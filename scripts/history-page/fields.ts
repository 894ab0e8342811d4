import type { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

export interface Field {
  /** From the command's data: `price.amount`, `lineItems[].quantity`, `preferences.*.*`. */
  readonly path: string;
  readonly isOptional: boolean;
  readonly what: string;
}

/** Every value that an object of this schema may hold, in the order of the schema. */
export function fieldsOf(schema: JsonSchema, prefix = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const isOptional = schema.required?.includes(name) !== true;
    return valuesOf(asSchema(property), `${prefix}${name}`, isOptional);
  });
}

function valuesOf(schema: JsonSchema, path: string, isOptional: boolean): Field[] {
  if (schema.properties !== undefined) {
    // Of an object that may be left out, each of its values may be.
    return fieldsOf(schema, `${path}.`).map((field) => ({
      ...field,
      isOptional: isOptional || field.isOptional,
    }));
  }
  const given = schema.anyOf?.map(asSchema).find(({ type }) => type !== 'null');
  if (given !== undefined && schema.description === undefined)
    return [...valuesOf(given, path, isOptional), { path, isOptional, what: 'or `null`: none any more' }];
  if (schema.type === 'array') return valuesOf(asSchema(schema.items), `${path}[]`, isOptional);
  if (typeof schema.additionalProperties === 'object')
    return valuesOf(schema.additionalProperties, `${path}.*`, isOptional);
  return [{ path, isOptional, what: inWords(schema) }];
}

function inWords({ description, enum: values, type }: JsonSchema): string {
  if (description !== undefined) return description;
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ');
  return type === 'boolean' ? '`true` or `false`' : 'a text';
}

const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
