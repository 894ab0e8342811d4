import type { HonoRequest } from 'hono';
import type { z } from 'zod';
import { quote } from '../kernel/index.ts';
import { type Asked, formType, type Operation } from './operation.ts';
import { HttpError } from './problem.ts';

/**
 * Checks what is asked against what the operation takes.
 * @throws {HttpError} it does not fit; the values stay out of what is said, since they may be somebody's address.
 */
export async function readRequest(
  operation: Operation,
  request: HonoRequest,
  cutOff: () => void,
): Promise<Asked> {
  const { query, body } = operation;
  const params = request.param();
  return {
    params,
    query: query && checked(query, request.query(), 'the query'),
    body: body && checked(body, await bodyOf(operation, request), 'the body'),
    request: request.raw,
    cutOff,
  };
}

async function bodyOf({ bodyType = 'application/json' }: Operation, request: HonoRequest): Promise<unknown> {
  const given = (request.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (bodyType === formType && given === 'multipart/form-data') return request.parseBody().catch(noForm);
  if (given !== bodyType) {
    // A form of another site could send any of the types that need no leave.
    throw new HttpError(415, 'unsupported_media_type', {
      message: `the body is to be ${bodyType}`,
      help: `Send it with "Content-Type: ${bodyType}".`,
    });
  }
  const text = await request.text();
  if (bodyType !== 'application/json') return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'invalid_json', {
      message: 'the body is no JSON',
      help: 'Send one JSON value, in UTF-8.',
    });
  }
}

function noForm(): never {
  throw new HttpError(400, 'invalid_form', {
    message: 'the body is no form',
    help: 'Send it as multipart/form-data with its boundary, or urlencoded.',
  });
}

function checked(schema: z.ZodType, value: unknown, what: string): unknown {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const { path = [], message = 'is not valid' } = error.issues[0] ?? {};
  const where = path.length === 0 ? what : `${what}: ${quote(path.map(String).join('.')).slice(1, -1)}`;
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  throw new HttpError(422, 'invalid_request', {
    message: `${where}: ${quote(message, 200).slice(1, -1)}${more}`,
    help: 'See /openapi.json for what fits.',
  });
}
