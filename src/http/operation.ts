import { z } from 'zod';
import type { Serving } from './served.ts';

export type Method = 'get' | 'post' | 'delete';

/** What was asked, checked already. */
export interface Asked<Query = unknown, Body = unknown> {
  /** What stands in the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
  /** Ends the connection at once, in the middle of an answer. */
  cutOff(): void;
}

export interface Answer {
  readonly status: number;
  /** JSON, unless `mediaType` says otherwise: then a text. Left out: there is none. */
  readonly body?: unknown;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is answered with a status, as the API's document has it. */
export interface DescribedAnswer {
  readonly description: string;
  /** Of the JSON. Left out: there is none. */
  readonly schema?: z.ZodType;
  /** Of a text, in place of the JSON or beside it. */
  readonly mediaType?: string;
}

/** One thing that the API does: from this alone come the route, the checks of what is asked and the document. */
export interface Operation<Query = unknown, Body = unknown> {
  readonly method: Method;
  /** As OpenAPI writes it: `/v1/orders/{orderId}`. */
  readonly path: string;
  /** Stable: what a generated client calls it. */
  readonly id: string;
  readonly tag: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** Headers that it heeds, and what for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** As the document has it, where somebody else checks what is in it. */
  readonly documentedBody?: z.ZodType;
  /** Of the body. Default `application/json`; a form may come as `multipart/form-data` too. */
  readonly bodyType?: string;
  /** Whether it is answered without a token, where one is demanded. */
  readonly isPublic?: boolean;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Whether done twice it does something else than done once, and nothing in it says that it was done. Default: no. */
  readonly addsUp?: boolean;
  /** Whether customers are told something because of it: it is refused while too much waits. Default: no. */
  readonly makesWork?: boolean;
  /** Status → the codes of the problems that are its own; those that everything may be answered with stand elsewhere. */
  readonly problems?: Readonly<Record<number, readonly string[]>>;
  handle(asked: Asked<Query, Body>, served: Serving): Promise<Answer | Response>;
}

export const formType = 'application/x-www-form-urlencoded';

/** Ties what is handled to the schemas, and forgets their types, so that all operations fit in one list. */
export const operation = <Query = undefined, Body = undefined>(
  described: Operation<Query, Body>,
): Operation => described as unknown as Operation;

export const json = (body: unknown, status = 200): Answer => ({ status, body });

export const plainText = (body: string, mediaType = 'text/plain; charset=utf-8'): Answer => ({
  status: 200,
  body,
  mediaType,
});

/** A whole number in a query, such as `limit=50`. */
export const countInQuery = ({ most, otherwise }: { most: number; otherwise: number }) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, `must be a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((count) => count <= most, `must be a whole number from 1 to ${most}`)
    .optional()
    .transform((count) => count ?? otherwise);
