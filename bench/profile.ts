import { type Profiler, Session } from 'node:inspector/promises';

/** Microseconds of the main thread's time that `work` spent in each place: a room of ours, the database, a package; the most first. */
export type Spent = ReadonlyMap<string, number>;

export async function profile(work: () => Promise<unknown>): Promise<Spent> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile: recorded } = await session.post('Profiler.stop');
  session.disconnect();
  return spentIn(recorded);
}

/** The share of each place; they add up to 1. */
export function sharesOf(spent: Spent): ReadonlyMap<string, number> {
  const total = [...spent.values()].reduce((sum, micros) => sum + micros, 0);
  return new Map([...spent].map(([where, micros]) => [where, micros / total]));
}

function spentIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Spent {
  const placeOf = new Map(nodes.map(({ id, callFrame }) => [id, place(callFrame)]));
  const spent = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const where = placeOf.get(id) ?? 'rest';
    if (where !== 'idle') spent.set(where, (spent.get(where) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return new Map([...spent].sort(([, one], [, other]) => other - one));
}

function place({ functionName, url }: Profiler.Profile['nodes'][number]['callFrame']): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(idle)') return 'idle';
  // The driver's native part has no file.
  if (functionName.startsWith('libsql')) return 'SQLite';
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (dependency === 'libsql') return 'SQLite';
  if (dependency !== undefined) return dependency;
  return /\/src\/([^/]+)\//.exec(url)?.[1] ?? 'Node.js';
}
