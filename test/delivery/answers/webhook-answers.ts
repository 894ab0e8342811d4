/** What receivers of webhooks answer. */
export interface KnownAnswer {
  readonly says: string;
  readonly status: number;
  readonly retryAfter?: string;
}

/** The moment at which they are heard. */
export const heardAtMs = Date.parse('2026-03-02T10:00:00Z');

export const knownAnswers: readonly KnownAnswer[] = [
  { says: 'taken', status: 200 },
  { says: 'taken', status: 202 },
  { says: 'taken, nothing to say', status: 204 },
  { says: 'moved for good; not followed', status: 301 },
  { says: 'moved for now; not followed', status: 302 },
  { says: 'moved for now; not followed', status: 307 },
  { says: 'bad request', status: 400 },
  { says: 'who are you: our signature or their login', status: 401 },
  { says: 'not for you', status: 403 },
  { says: 'no such page: a wrong URL, or one that is being deployed', status: 404 },
  { says: 'no POST here', status: 405 },
  { says: 'too slow a request', status: 408 },
  { says: 'in conflict', status: 409 },
  { says: 'gone: the receiver wants no more', status: 410 },
  { says: 'too large', status: 413 },
  { says: 'cannot be processed', status: 422 },
  { says: 'too early', status: 425 },
  { says: 'too many requests', status: 429 },
  { says: 'too many requests', status: 429, retryAfter: '30' },
  { says: 'too many requests', status: 429, retryAfter: 'Mon, 02 Mar 2026 10:02:00 GMT' },
  { says: 'an error of its own', status: 500 },
  { says: 'a bad gateway', status: 502 },
  { says: 'not available', status: 503 },
  { says: 'not available', status: 503, retryAfter: '120' },
  { says: 'not available', status: 503, retryAfter: 'soon' },
  { says: 'the gateway has waited too long', status: 504 },
];
