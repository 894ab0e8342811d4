/** Moments: told from durations, which stay milliseconds, by these names. */
const moment = /^(?:at|from|to|until)Ms$|AtMs$/;

/** What others wrote, such as a message: it says itself what its fields are called. */
class Verbatim {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Keeps what is others' as it is in {@link toPlain}. */
export const verbatim = (value: unknown): unknown => new Verbatim(value);

/**
 * What is known, as plain data for another program: moments in ISO 8601, UTC, under their name without `Ms`; maps as
 * objects. Keys keep their order.
 */
export function toPlain(value: unknown): unknown {
  if (value instanceof Verbatim) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  const entries: readonly [string, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, each]) => (moment.test(name) ? dated(name, each) : [name, toPlain(each)])),
  );
}

/** As it is printed: indented. */
export const toJson = (value: unknown): string => JSON.stringify(toPlain(value), null, 2);

const dated = (name: string, atMs: unknown): [string, unknown] => [
  name.slice(0, -2),
  typeof atMs === 'number' ? new Date(atMs).toISOString() : atMs,
];
