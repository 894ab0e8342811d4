/** What a request was answered with. */
export interface KeptAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

/** A request that came under a key of its caller's. */
export interface KeyedRequest {
  readonly key: string;
  /** The same for the same request, and for no other. */
  readonly fingerprint: string;
  readonly begunAtMs: number;
  /** Left out: it was begun, and its answer is not on record. */
  readonly answer?: KeptAnswer;
}

/** Requests by the keys under which they came, so that one that comes again is answered as before. */
export interface IdempotencyStore {
  /** Whether other processes answer requests on it too. */
  readonly isShared: boolean;
  /**
   * Notes that a request begins, unless its key is there. Forgets keys from before `forgetBeforeMs`: this one, and
   * some of the others, so that no single request pays for them all.
   * @returns what is on record under the key already; undefined where there was nothing.
   */
  begin(
    request: Omit<KeyedRequest, 'answer'> & { readonly forgetBeforeMs: number },
  ): Promise<KeyedRequest | undefined>;
  /** Keeps the answer under a key that was begun. One that was forgotten meanwhile stays forgotten. */
  complete(key: string, answer: KeptAnswer): Promise<void>;
}
