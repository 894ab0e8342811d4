import { STATUS_CODES } from 'node:http';
import { AppError } from '../kernel/index.ts';

/** What an answer says that is none (RFC 9457, `application/problem+json`). */
export interface Problem {
  readonly type: 'about:blank';
  /** The status in words. */
  readonly title: string;
  readonly status: number;
  /** Stable: what a program decides by. */
  readonly code: string;
  /** What is wrong, in one line. */
  readonly detail: string;
  /** What can be done about it. */
  readonly help: string;
}

/** Thrown by whoever answers a request that cannot be answered as it is. */
export class HttpError extends AppError {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    { headers = {}, ...words }: { message: string; help: string; headers?: Readonly<Record<string, string>> },
  ) {
    super(words);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Codes of the rooms below, by the status that they are answered with; what stands in none is a 500. */
const codesByStatus: Readonly<Record<number, readonly string[]>> = {
  400: ['bad_input', 'invalid_unsubscribe_link'],
  404: ['unknown_customer', 'unknown_product', 'unknown_order', 'unknown_line_item', 'unknown_dead_letter'],
  409: [
    'customer_exists',
    'customer_erased',
    'product_exists',
    'promotion_exists',
    'order_exists',
    'payment_exists',
    'wrong_order_status',
    'wrong_line_item_status',
    'not_dead_lettered',
    'invalid_message',
    'text_differs',
  ],
  422: ['refused_text', 'invalid_command', 'duplicate_line_item', 'currency_mismatch', 'total_too_large'],
  503: ['datastore_unavailable', 'bus_closed'],
};

const statuses = new Map(
  Object.entries(codesByStatus).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)])),
);

/** Undefined where it is a defect of ours, of which nothing is told. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpError) return thrown.status;
  return thrown instanceof AppError ? statuses.get(thrown.code) : undefined;
}

/** What is answered to anything thrown. `isUnforeseen`: it is for our log, and for nobody else. */
export function problemOf(thrown: unknown): { readonly problem: Problem; readonly isUnforeseen: boolean } {
  const status = statusOf(thrown);
  if (status === undefined || !(thrown instanceof AppError)) {
    return { isUnforeseen: true, problem: problem(500, 'internal_error', unforeseen) };
  }
  return { isUnforeseen: false, problem: problem(status, thrown.code, thrown) };
}

const unforeseen = {
  message: 'something went wrong here that nobody foresaw',
  help: 'Whether anything has changed is not known; its cause stands in the log of the server.',
};

const problem = (
  status: number,
  code: string,
  { message, help }: Pick<AppError, 'message' | 'help'>,
): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail: message,
  help,
});

/** As it goes over the wire. */
export function problemResponse(thrown: unknown, told: Problem = problemOf(thrown).problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  for (const [name, value] of Object.entries(thrown instanceof HttpError ? thrown.headers : {})) {
    headers.set(name, value);
  }
  if (told.status === 503 && !headers.has('retry-after')) headers.set('retry-after', '1');
  return new Response(JSON.stringify(told), { status: told.status, headers });
}
