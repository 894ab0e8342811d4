import { type ReportedReceipt, readReceipts, receiptsOfDsn } from '../../delivery/index.ts';
import { InputError, messageOf, quote } from '../../kernel/index.ts';

/** What came from a provider, and under which name a person knows it. */
export interface GivenReport {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadReports {
  readonly receipts: readonly ReportedReceipt[];
  /** What could not be made a receipt of, a line each, without an address: `bounce.eml: it is no delivery report …`. */
  readonly errors: readonly string[];
}

/**
 * Reads mails to the sender of the shop's mails, and callbacks in JSON, told apart by how they begin.
 * @throws {InputError} one is empty, or is JSON that is no callback; nothing of all of them is to be taken then.
 */
export async function readReports(reports: readonly GivenReport[]): Promise<ReadReports> {
  const receipts: ReportedReceipt[] = [];
  const errors: string[] = [];
  for (const { name, bytes } of reports) {
    const text = new TextDecoder().decode(bytes).trimStart();
    if (text === '') throw refusal(name, 'it is empty', 'Give a mail as it came, or the JSON of a callback.');
    if (text.startsWith('{') || text.startsWith('[')) {
      receipts.push(...receiptsIn(name, text));
    } else {
      const read = await receiptsOfDsn(bytes);
      receipts.push(...read.receipts);
      errors.push(...read.errors.map((error) => `${name}: ${error}`));
    }
  }
  return { receipts, errors };
}

function receiptsIn(name: string, text: string): readonly ReportedReceipt[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (thrown) {
    const why = quote(messageOf(thrown), 200).slice(1, -1);
    throw refusal(name, `it is no JSON: ${why}`, 'Give one receipt, or a list of them.');
  }
  try {
    return readReceipts(body);
  } catch (thrown) {
    throw thrown instanceof InputError ? refusal(name, thrown.message, thrown.help) : thrown;
  }
}

const refusal = (name: string, message: string, help: string): InputError =>
  new InputError({ message: `${name}: ${message}`, help });
