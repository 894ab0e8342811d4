import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, InputError, quote, systemClock, timeLimit } from '../../kernel/index.ts';
import type { Source } from './source.ts';

/** So long a server may say nothing, before its answer and in the middle of it. */
const quietMs = 30_000;
const firstPauseMs = 1000;
const longestPauseMs = 10_000;
/** Who asks for a longer one is not asked again in this run. */
const longestPatienceMs = 60_000;

/** A server that is not well, and may be asked again. */
class SourceDownError extends Error {
  override readonly name = 'SourceDownError';
  /** How long it wants to be left alone; undefined: it has not said. */
  readonly pauseMs: number | undefined;

  constructor(message: string, { cause, pauseMs }: { cause?: unknown; pauseMs?: number | undefined } = {}) {
    super(message, { cause });
    this.pauseMs = pauseMs;
  }
}

export interface HttpSourcePorts {
  /** Of the world outside: a server does not know virtual time. Default: the machine's. */
  readonly clock?: Clock;
  readonly wait?: (ms: number) => Promise<unknown>;
}

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Records that a server has, whole each time that it is asked. It is read as fast as they are taken, so that memory does not grow with
 * their number. A server that failed is left alone before it is asked again: for a second, then two, four, eight and at most ten; or as
 * long as it says (`Retry-After`), where that is not more than a minute.
 * @throws {InputError} for an address that is of no use.
 */
export function httpSource(
  address: string,
  { clock = systemClock(), wait = sleep }: HttpSourcePorts = {},
): Source {
  const url = urlOf(address);
  let failures = 0;
  let last: SourceDownError | undefined;
  const leaveAlone = async (): Promise<void> => {
    if (last === undefined) return;
    const pauseMs = last.pauseMs ?? Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    if (pauseMs > longestPatienceMs) throw last;
    await wait(pauseMs);
  };
  return {
    name: url.href,
    format: /\.(ndjson|jsonl)$/i.test(url.pathname) ? 'ndjson' : 'csv',
    async *bytes() {
      await leaveAlone();
      try {
        yield* download(url, clock);
        [last, failures] = [undefined, 0];
      } catch (thrown) {
        if (thrown instanceof SourceDownError) [last, failures] = [thrown, failures + 1];
        throw thrown;
      }
    },
  };
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined)
    throw new InputError({
      message: `${quote(address)} is no address`,
      help: 'Such as https://example.com/rides.csv.',
    });
  if (url.username !== '' || url.password !== '')
    throw new InputError({
      message: `the address at ${url.host} has a name or a password in it`,
      help: 'It is shown and kept with each ride: give one without.',
    });
  url.hash = '';
  return url;
}

async function* download(url: URL, clock: Clock): AsyncGenerator<Buffer> {
  const connection = new AbortController();
  let bytes = 0;
  const heard = async <T>(answer: Promise<T>): Promise<T> => {
    const words = `${url.host} says nothing for ${quietMs / 1000} s`;
    const cancel = timeLimit(clock, quietMs, () => connection.abort(new SourceDownError(words)));
    try {
      return await answer;
    } catch (thrown) {
      if (thrown instanceof SourceDownError) throw thrown;
      const at = bytes === 0 ? 'cannot be reached' : `broke off behind ${bytes} bytes`;
      throw new SourceDownError(`${url.host} ${at}${codeOf(thrown)}`, { cause: thrown });
    } finally {
      cancel();
    }
  };
  const answer = await heard(fetch(url, { signal: connection.signal }));
  try {
    if (!answer.ok) throw refusalOf(url, answer, clock.now());
    const reader = answer.body?.getReader();
    for (;;) {
      const { value } = (await heard(reader?.read() ?? Promise.resolve(undefined))) ?? {};
      if (value === undefined) return;
      bytes += value.byteLength;
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
  } finally {
    // What nobody reads is not sent.
    connection.abort();
  }
}

/** Such as ECONNREFUSED: `fetch` itself says no more than that it failed. */
function codeOf(thrown: unknown): string {
  const { cause } = thrown as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? ` (${cause.code})` : '';
}

function refusalOf({ host }: URL, { status, headers }: Response, nowMs: number): Error {
  const message = `${host} answers ${status}`;
  const isTransient = status >= 500 || status === 408 || status === 425 || status === 429;
  if (!isTransient) return new InputError({ message, help: 'Check the address: there are no rides.' });
  const pauseMs = pauseOf(headers.get('retry-after') ?? '', nowMs);
  const when = pauseMs === undefined ? '' : `, and wants to be left alone for ${Math.ceil(pauseMs / 1000)} s`;
  return new SourceDownError(message + when, { pauseMs });
}

/** `Retry-After` (RFC 9110, 10.2.3): whole seconds, or a date. */
function pauseOf(text: string, nowMs: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const atMs = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
