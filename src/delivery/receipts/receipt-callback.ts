import { z } from 'zod';
import { receiptStatuses, suppressionReasons } from '../../datastore/index.ts';
import { InputError, quote } from '../../kernel/index.ts';
import type { ReportedReceipt } from './reported-receipt.ts';

const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}+$/u, 'has control characters');

/**
 * What a callback says in JSON, of an SMS, a push, a mail or a webhook: one object, or a list of them. A provider's own
 * shape is brought into this one by whoever knows the provider.
 */
const receiptCallback = z
  .strictObject({
    channel: text(64),
    /** As the channel's `send` answered. */
    providerMessageId: text(998),
    status: z.enum(receiptStatuses),
    /** ISO 8601 with `Z` or an offset. */
    at: z.iso.datetime({ offset: true }).optional(),
    recipient: text(1000).optional(),
    code: text(100).optional(),
    detail: z.string().max(10_000).optional(),
    suppress: z.enum(suppressionReasons).optional(),
  })
  .refine(({ status, suppress }) => status !== 'delivered' || suppress === undefined, {
    path: ['suppress'],
    message: 'does not go with "delivered"',
  });

const mostAtOnce = 1000;

/**
 * Reads the parsed body of a callback, for `receipts.take`.
 * @throws {InputError} at the first thing that does not fit, without the value; nothing of the body is to be taken then.
 *   A server answers 400.
 */
export function readReceipts(body: unknown): readonly ReportedReceipt[] {
  const given: unknown[] = Array.isArray(body) ? body : [body];
  if (given.length === 0 || given.length > mostAtOnce)
    throw refusal(`there are ${given.length} receipts`, `Send 1 to ${mostAtOnce} at a time.`);
  return given.map((each, index) => read(each, Array.isArray(body) ? `receipt ${index + 1}` : 'the receipt'));
}

function read(given: unknown, place: string): ReportedReceipt {
  const { success, data, error } = receiptCallback.safeParse(given);
  if (success) {
    const { at, ...rest } = data;
    return { ...rest, ...(at !== undefined && { atMs: Date.parse(at) }) };
  }
  const { path = [], message = 'is not valid' } = error.issues[0] ?? {};
  const where = path.length === 0 ? place : `${place}: ${path.map(String).join('.')}`;
  throw refusal(`${where}: ${message}`);
}

const shape =
  'A receipt has channel, providerMessageId and status (delivered, bounced or failed), and may have at, recipient, code, detail and suppress.';

const refusal = (message: string, help = shape): InputError =>
  new InputError({ message: `a callback cannot be read: ${quote(message, 200).slice(1, -1)}`, help });
