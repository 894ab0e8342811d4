import { createHash } from 'node:crypto';
import { millisecondsInHour } from 'date-fns/constants';
import type { HonoRequest } from 'hono';
import type { Datastore, KeptAnswer } from '../datastore/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Operation } from './operation.ts';
import { HttpError } from './problem.ts';

export interface KeyedRequestsOptions {
  readonly clock: Clock;
  readonly store: Datastore['idempotency'];
}

const keptForMs = 24 * millisecondsInHour;

/** Of an answer that was given before. */
const replayedHeader = 'idempotent-replayed';

/**
 * Answers a request that has an `Idempotency-Key` once: what comes again under the key within 24 hours is given the
 * answer that is on record. What is under way here is known, and the datastore knows what is under way in other processes. Any other
 * key that was begun and has no answer is one that a crash has cut off.
 */
export class KeyedRequests {
  readonly #options: KeyedRequestsOptions;
  /** Key → fingerprint of what is being answered now. */
  readonly #underWay = new Map<string, string>();

  constructor(options: KeyedRequestsOptions) {
    this.#options = options;
  }

  /**
   * @param act Does what is asked for. It must not throw.
   * @throws {HttpError} the key is none, is another request's, or its answer is not known.
   */
  async answer(operation: Operation, request: HonoRequest, act: () => Promise<Response>): Promise<Response> {
    const key = request.header('idempotency-key');
    if (key === undefined) return act();
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw invalidKey();
    const fingerprint = fingerprintOf(request, await request.text());
    const other = this.#underWay.get(key);
    if (other !== undefined) throw other === fingerprint ? inProgress() : reused();
    this.#underWay.set(key, fingerprint);
    try {
      return await this.#once(operation, { key, fingerprint }, act);
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #once(
    { addsUp = false }: Operation,
    request: { readonly key: string; readonly fingerprint: string },
    act: () => Promise<Response>,
  ): Promise<Response> {
    const { clock, store } = this.#options;
    const nowMs = clock.now();
    const { before, isElsewhere } = await store.begin({
      ...request,
      begunAtMs: nowMs,
      forgetBeforeMs: nowMs - keptForMs,
    });
    try {
      if (before && before.fingerprint !== request.fingerprint) throw reused();
      if (before?.answer && !isTrouble(before.answer)) return replayed(before.answer);
      if (isElsewhere) throw inProgress();
      if (before && addsUp) throw outcomeUnknown();
      const response = await act();
      const completed = store.complete(request.key, await keptOf(response));
      // It is over, which is all that is to be known of it; the datastore may be what is in trouble.
      await (isTrouble(response) ? completed.catch(() => {}) : completed);
      return response;
    } finally {
      // Nobody who asks again waits for it.
      if (!isElsewhere) void store.end(request.key).catch(() => {});
    }
  }
}

/** Of the bytes: the same request written otherwise is another. */
function fingerprintOf({ method, url }: HonoRequest, body: string): string {
  const { pathname, search } = new URL(url);
  return createHash('sha256')
    .update(JSON.stringify([method, pathname, search, body]))
    .digest('base64url');
}

/** Trouble of ours is not answered again: whoever asks again may fare better. */
const isTrouble = ({ status }: Pick<KeptAnswer, 'status'>): boolean => status >= 500;

const keptOf = async (response: Response): Promise<KeptAnswer> => ({
  status: response.status,
  mediaType: response.headers.get('content-type') ?? '',
  body: await response.clone().text(),
});

const replayed = ({ status, mediaType, body }: KeptAnswer): Response =>
  new Response(body, { status, headers: { 'content-type': mediaType, [replayedHeader]: 'true' } });

const invalidKey = (): HttpError =>
  new HttpError(400, 'invalid_idempotency_key', {
    message: 'the Idempotency-Key is empty, longer than 255 characters, or has some that are not printed',
    help: 'Send a new UUID with each request, and the same with each repetition of it.',
  });

const reused = (): HttpError =>
  new HttpError(422, 'idempotency_key_reused', {
    message: 'another request came under this Idempotency-Key',
    help: 'A key is for one request, to the byte; send this one under another.',
  });

const inProgress = (): HttpError =>
  new HttpError(409, 'request_in_progress', {
    message: 'the request that came first under this Idempotency-Key is under way',
    help: 'Ask again in a moment: then it is answered as the first was.',
    headers: { 'retry-after': '1' },
  });

const outcomeUnknown = (): HttpError =>
  new HttpError(409, 'outcome_unknown', {
    message: 'an earlier request under this Idempotency-Key was cut off; whether it was done is not known',
    help: 'Look whether it was; what is still to be done, send under another key.',
  });
