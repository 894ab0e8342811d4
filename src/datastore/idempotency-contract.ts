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

/** What is known of a key when a request begins under it. */
export interface BegunRequest {
  /** What is on record under the key already; left out: nothing was. */
  readonly before?: KeyedRequest;
  /** Another process, which lives, has a request under this key under way: it is not begun here. */
  readonly isElsewhere: boolean;
}

/** Requests by the keys under which they came, so that one that comes again is answered as before. */
export interface IdempotencyStore {
  /**
   * Notes that a request begins, unless its key is there. Forgets keys from before `forgetBeforeMs`: this one, and
   * some of the others, so that no single request pays for them all. Whoever has begun it ends it.
   */
  begin(request: Omit<KeyedRequest, 'answer'> & { readonly forgetBeforeMs: number }): Promise<BegunRequest>;
  /** Keeps the answer under a key that was begun. One that was forgotten meanwhile stays forgotten. */
  complete(key: string, answer: KeptAnswer): Promise<void>;
  /** Nothing is under way here under this key any more. The end of this process says the same. */
  end(key: string): Promise<void>;
}
