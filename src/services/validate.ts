import type { z } from 'zod';
import { quote } from '../kernel/index.ts';
import { InvalidCommandError } from './errors.ts';

/** A command's data as its schema leaves it: checked, and without keys that it does not know. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  commandName: string,
): z.infer<Schema> {
  const result = schema.safeParse(data, { error: explain });
  if (result.success) return result.data;
  const { issues } = result.error;
  const field = ['data', ...(issues[0]?.path ?? [])].map(String).join('.');
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new InvalidCommandError(field, {
    message: `${commandName}: ${unquote(field)} ${issues[0]?.message ?? 'is not valid'}${more}`,
    help: 'Mend the value and send the command again.',
  });
}

/** Keys of a map come from outside too; a plain path reads better without its quotes. */
const unquote = (field: string): string => quote(field).slice(1, -1);

/** In words where the schema itself has none. The values stay out of it: they may be someone's address. */
function explain(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${nameOf(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'has a key that is not valid';
    default:
      return 'is not valid';
  }
}

const unit = (origin: string): string => (origin === 'string' ? ' characters long' : '');

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const nameOf = (type: string): string => typeNames[type] ?? `a ${type}`;
