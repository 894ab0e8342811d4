/** What JSON writes for U+0000 and for half of a surrogate pair, also in JSON within JSON. */
const unkeepable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * A value as PostgreSQL can keep it. It has no U+0000 in any text, and no half of a surrogate pair, escaped or not, can be
 * read from JSON again: one such event would stand in the way of every erasure. Each becomes U+FFFD.
 */
export function keepable(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const plain = value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value;
  // Hardly any text of ours has an escape.
  return plain.includes('\\u') ? plain.replaceAll(unkeepable, '\\ufffd') : plain;
}
