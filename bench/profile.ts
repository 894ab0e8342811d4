import { type Profiler, Session } from 'node:inspector/promises';

/** Where the time of `work` went: the share of each room of ours, of the database, of the rest; they add up to 1. */
export async function profile(work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile: recorded } = await session.post('Profiler.stop');
  session.disconnect();
  return sharesOf(recorded);
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<string, number> {
  const placeOf = new Map(nodes.map(({ id, callFrame }) => [id, place(callFrame)]));
  const spent = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const where = placeOf.get(id) ?? 'rest';
    if (where === 'idle') continue;
    const delta = timeDeltas[index] ?? 0;
    spent.set(where, (spent.get(where) ?? 0) + delta);
    total += delta;
  }
  const byShare = [...spent].sort(([, one], [, other]) => other - one);
  return new Map(byShare.map(([where, time]) => [where, time / total]));
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
