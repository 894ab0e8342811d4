import { jsonSchema, type ObjectSchema } from './json-schema.ts';
import { type DescribedAnswer, formType, type Operation } from './operation.ts';

type Json = Readonly<Record<string, unknown>>;

/** What anything may be answered with: status → codes. */
const anywhere: Readonly<Record<number, readonly string[]>> = {
  401: ['unauthorized'],
  403: ['host_refused', 'origin_refused'],
  429: ['too_many_requests'],
  500: ['internal_error'],
  503: ['datastore_unavailable', 'starting'],
};
const withBody: Readonly<Record<number, readonly string[]>> = {
  413: ['body_too_large'],
  415: ['unsupported_media_type'],
};
/** Of operations that may come again under a key. */
const keyed: Readonly<Record<number, readonly string[]>> = {
  400: ['invalid_idempotency_key'],
  409: ['request_in_progress'],
  422: ['idempotency_key_reused'],
};
const cutOff: Readonly<Record<number, readonly string[]>> = { 409: ['outcome_unknown'] };
const bounded: Readonly<Record<number, readonly string[]>> = { 503: ['too_much_waits'] };
const checked: Readonly<Record<number, readonly string[]>> = { 422: ['invalid_request'] };

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'help'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: what a program decides by' },
    detail: { type: 'string', description: 'What is wrong, in one line' },
    help: { type: 'string', description: 'What can be done about it' },
  },
};

/** The API's document, in OpenAPI 3.1, made of the schemas by which what is asked is checked. */
export function openApiOf(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] as object, { [operation.method]: documented(operation) });
  }
  return {
    openapi: '3.1.0',
    info: { title: 'The shop, and how its customers are told', version: '1' },
    paths,
    components: {
      schemas: { Problem: problem },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Where one is demanded' } },
    },
    security: [{}, { token: [] }],
  };
}

function documented(operation: Operation): Json {
  const { id, tag, summary, answers, body, documentedBody = body } = operation;
  const { bodyType = 'application/json' } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: [
      ...namesInPath(operation).map(pathParameter),
      ...queryParameters(operation),
      ...Object.entries(operation.headers ?? {}).map(headerParameter),
      ...(operation.method === 'post' ? [idempotencyKey] : []),
    ],
    ...(documentedBody && {
      requestBody: {
        required: true,
        content: { [bodyType]: { schema: withoutPath(operation, jsonSchema(documentedBody)) } },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
      ...Object.fromEntries(
        Object.entries(problemsOf(operation)).map(([status, codes]) => [status, refusalOf(codes)]),
      ),
    },
  };
}

/** Status → the codes of all problems that it may be answered with. */
function problemsOf({
  method,
  body,
  bodyType,
  query,
  addsUp,
  makesWork,
  problems = {},
}: Operation): Record<string, readonly string[]> {
  const all: Record<string, readonly string[]> = {};
  const some = [
    anywhere,
    body && bodyType !== formType ? { 400: ['invalid_json'] } : {},
    body ? withBody : {},
    makesWork ? bounded : {},
    bodyType === formType ? { 400: ['invalid_form'] } : {},
    body || query ? checked : {},
    method === 'post' ? keyed : {},
    addsUp ? cutOff : {},
    problems,
  ];
  for (const each of some) {
    for (const [status, codes] of Object.entries(each)) all[status] = [...(all[status] ?? []), ...codes];
  }
  return all;
}

const namesInPath = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

const pathParameter = (name: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});

const headerParameter = ([name, description]: [string, string]): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Unlike any other. The same request under it within 24 hours is given the same answer, with `Idempotent-Replayed: true`, and does nothing',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
};

function queryParameters({ query }: Operation): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** What the path says is not said again. */
function withoutPath(operation: Operation, schema: ObjectSchema): Json {
  const inPath = namesInPath(operation);
  const { properties, required, ...rest } = schema;
  if (properties === undefined) return schema;
  const kept = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const demanded = (required ?? []).filter((name) => !inPath.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    ...(demanded.length > 0 && { required: demanded }),
  };
}

const responseOf = ({ description, schema, mediaType }: DescribedAnswer): Json => ({
  description,
  ...((schema || mediaType) && {
    content: {
      ...(schema && { 'application/json': { schema: jsonSchema(schema, { io: 'output' }) } }),
      ...(mediaType && { [mediaType]: { schema: { type: 'string' } } }),
    },
  }),
});

const refusalOf = (codes: readonly string[]): Json => ({
  description: codes.join(', '),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { code: { enum: codes } } },
        ],
      },
    },
  },
});
