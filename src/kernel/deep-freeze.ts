/**
 * Freezes a value and all that it holds, in place: from then on it can be shared, since to change it is a TypeError.
 * For what JSON can say; circles are no trouble.
 */
export function deepFreeze<T>(value: T): T {
  freezeAll(value, undefined);
  return value;
}

function freezeAll(value: unknown, seen: Set<object> | undefined): Set<object> | undefined {
  // Views of memory cannot be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return seen;
  let visited = seen;
  if (Object.isFrozen(value)) {
    // By somebody who may have left what it holds as it was; or by this, on a way round in a circle.
    visited ??= new Set();
    if (visited.has(value)) return visited;
    visited.add(value);
  } else {
    Object.freeze(value);
  }
  for (const held of Object.values(value))
    if (typeof held === 'object' && held !== null) visited = freezeAll(held, visited);
  return visited;
}
