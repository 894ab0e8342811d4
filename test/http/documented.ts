import { z } from 'zod';
import { openApiOf } from '../../src/http/open-api.ts';
import { operations } from '../../src/http/operations.ts';

interface Documented {
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
}

const document = JSON.parse(JSON.stringify(openApiOf(operations))) as {
  paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  components: { schemas: { Problem: object } };
};

const patterns = operations.map(({ method, path }) => ({
  method: method as string,
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** What of an answer is not as the API's document says; undefined where all is, or where it knows no such operation. */
export function undocumentedIn(
  { method, path }: { method: string; path: string },
  { status, mediaType, body }: { status: number; mediaType: string; body: unknown },
): string | undefined {
  const known = patterns.find((each) => each.method === method.toLowerCase() && each.pattern.test(path));
  const asked = `${method} ${known?.path ?? path} → ${status}`;
  if (known === undefined) return [404, 405].includes(status) ? undefined : `${asked}: no such operation`;
  const response = document.paths[known.path]?.[known.method]?.responses[status];
  if (response === undefined) return `${asked}: no such status`;
  const content = response.content?.[mediaType];
  if (content === undefined) return `${asked}: not as ${mediaType}`;
  if (!mediaType.includes('json')) return undefined;
  const { success, error } = checkOf(asked, content.schema).safeParse(body);
  return success ? undefined : `${asked}: ${z.prettifyError(error)}`;
}

/** By what was asked and the status: they are made once. */
const checks = new Map<string, z.ZodType>();

function checkOf(asked: string, schema: object): z.ZodType {
  const made = checks.get(asked);
  if (made) return made;
  const whole = JSON.stringify(schema).replaceAll(
    '{"$ref":"#/components/schemas/Problem"}',
    JSON.stringify(document.components.schemas.Problem),
  );
  const check = z.fromJSONSchema(JSON.parse(whole));
  checks.set(asked, check);
  return check;
}
