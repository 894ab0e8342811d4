/** Moments: told from durations, which stay milliseconds, by these names. */
const moment = /^(?:at|from|to|until)Ms$|AtMs$/;

/**
 * What is known, as plain data for another program: moments in ISO 8601, UTC, under their name without `Ms`; maps as
 * objects; what is undefined left out. Keys keep their order.
 */
export function toPlain(value: unknown, key = ''): unknown {
  if (typeof value === 'number' && moment.test(key)) return iso(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => toPlain(each));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, each]) => [moment.test(name) ? name.slice(0, -2) : name, toPlain(each, name)]),
  );
}

/** As it is printed: indented. */
export const toJson = (value: unknown): string => JSON.stringify(toPlain(value), null, 2);

/** `2026-03-02T10:00:07.123Z` */
const iso = (atMs: number): string => new Date(atMs).toISOString();
