/**
 * Freezes a value and all that it holds, in place: from then on it can be shared, since to change it is a TypeError.
 * For what JSON can say; circles are no trouble.
 * @param before What this has frozen, and the value is to replace: what stands in both at the same place is not gone through again.
 */
export function deepFreeze<T>(value: T, before?: unknown): T {
  if (canBeFrozen(value) && value !== before) freezeAll(value, before, undefined);
  return value;
}

/** Views of memory cannot be. */
const canBeFrozen = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Where nothing was before. */
const nothing: Readonly<Record<string, unknown>> = {};

/** @param seen those that were frozen before they were met: in a circle they are met again. */
function freezeAll(value: object, before: unknown, seen: Set<object> | undefined): Set<object> | undefined {
  let visited = seen;
  if (Object.isFrozen(value)) {
    // By somebody who may have left what it holds as it was, or by this.
    if (visited?.has(value) || !holdsMore(value)) return visited;
    visited = (visited ?? new Set()).add(value);
  } else {
    Object.freeze(value);
  }
  if (Array.isArray(value)) {
    const known = Array.isArray(before) ? before : [];
    for (let index = 0; index < value.length; index++) {
      const held: unknown = value[index];
      if (canBeFrozen(held) && held !== known[index]) visited = freezeAll(held, known[index], visited);
    }
    return visited;
  }
  const known = canBeFrozen(before) ? (before as typeof nothing) : nothing;
  // No list of what it holds: one would be made for every message.
  for (const key in value) {
    const held: unknown = value[key as keyof typeof value];
    if (canBeFrozen(held) && held !== known[key]) visited = freezeAll(held, known[key], visited);
  }
  return visited;
}

function holdsMore(value: object): boolean {
  if (Array.isArray(value)) return value.some(canBeFrozen);
  for (const key in value) if (canBeFrozen(value[key as keyof typeof value])) return true;
  return false;
}
