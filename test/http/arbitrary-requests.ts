import fc, { type Arbitrary } from 'fast-check';
import { openApiOf } from '../../src/http/open-api.ts';
import { operations } from '../../src/http/operations.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ArbitraryRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Of the sample shop, and of what may come to be in it: what is drawn must be found now and then. */
const known = [
  ...['ada', 'ben', 'dev', 'ord-1001', 'ord-1002', 'ord-1004', 'helmet', 'gloves', 'ord-1001-1', 'a', 'b'],
  ...['email', 'sms', 'fax', 'order_updates', 'price_alerts', 'ada@example.com', '+447700900001'],
  ...['order-shipped:ord-1001:ada', 'message-1', 'captured-order-shipped:ord-1001:ada:sms', 'USD', 'en-GB'],
];
const awkward = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '😀',
  '__proto__',
  "' or 1=1 --",
  '../..',
  '%',
  'x'.repeat(3000),
];

const text = (pattern?: string): Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...awkward) },
    { weight: 2, arbitrary: matching(pattern) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );

/** Not every pattern can be drawn from. */
function matching(pattern: string | undefined): Arbitrary<string> {
  try {
    return pattern === undefined ? fc.string() : fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return fc.string();
  }
}

/** Mostly what fits; now and then anything. */
function anyOf(schema: Schema): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 15, arbitrary: fitting(schema) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
}

function fitting(schema: Schema): Arbitrary<unknown> {
  const { type, properties = {}, items = {}, additionalProperties } = schema;
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map(anyOf));
  const of = Array.isArray(type) ? type[0] : type;
  if (of === 'string') return text(schema.pattern);
  if (of === 'integer' || of === 'number')
    return fc.oneof(
      fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1e6, 1e6) }),
      fc.double(),
    );
  if (of === 'boolean') return fc.boolean();
  if (of === 'null') return fc.constant(null);
  if (of === 'array') return fc.array(anyOf(items), { minLength: schema.minItems ?? 0, maxLength: 4 });
  if (of !== 'object') return fc.jsonValue({ maxDepth: 2 });
  const fields = Object.entries(properties).map(([name, each]) => [name, anyOf(each)] as const);
  const requiredKeys = (schema.required ?? []).filter((name) => name in properties);
  const own = fc.record(Object.fromEntries(fields), { requiredKeys });
  if (typeof additionalProperties !== 'object') return own;
  const names = schema.propertyNames?.enum ? fitting(schema.propertyNames) : text();
  return fc.dictionary(names as Arbitrary<string>, anyOf(additionalProperties), { maxKeys: 3 });
}

interface Documented {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const document = openApiOf(operations) as { paths: Record<string, Record<string, Documented>> };

/** Requests to all operations, made of what the document says of them. */
export const arbitraryRequest: Arbitrary<ArbitraryRequest> = fc.oneof(
  ...Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => requestTo(method, path, documented)),
  ),
);

function requestTo(method: string, path: string, { parameters, requestBody }: Documented) {
  const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const inQuery = parameters.filter((each) => each.in === 'query');
  const [[mediaType, { schema }] = ['', { schema: {} }]] = Object.entries(requestBody?.content ?? {});
  return fc
    .record({
      params: fc.tuple(...inPath.map(() => text())),
      query: fc.record(Object.fromEntries(inQuery.map((each) => [each.name, anyOf(each.schema)])), {
        requiredKeys: [],
      }),
      body: anyOf(schema),
      key: fc.option(fc.constantFrom('one', 'two', 'three', ''), { nil: undefined, freq: 8 }),
    })
    .map(({ params, query, body, key }): ArbitraryRequest => {
      const named = new Map(inPath.map((name, index) => [name, params[index] ?? '']));
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => encoded(named.get(name) ?? ''));
      const asked = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, written(value)]),
      );
      const isForm = mediaType.includes('form');
      return {
        method: method.toUpperCase(),
        path: `${filled}?${asked}`,
        headers: {
          ...(requestBody && { 'content-type': mediaType }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(requestBody && {
          body: isForm ? String(formOf(body)) : JSON.stringify(body),
        }),
      };
    });
}

const encoded = (value: string): string => encodeURIComponent(Buffer.from(value).toString());

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const formOf = (body: unknown): URLSearchParams =>
  new URLSearchParams(
    Object.entries(Object(body)).map(([name, value]): [string, string] => [name, written(value)]),
  );
