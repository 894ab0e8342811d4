import type { Datastore, Suppression } from '../../datastore/index.ts';

export interface ListedSuppressions {
  /** In the order of their normal forms. */
  readonly suppressions: readonly Suppression[];
  /** Whether the limit has left out any. */
  readonly hasMore: boolean;
}

/** Who is not written to any more, and why; at most `limit`. */
export async function listSuppressions(
  { suppressions }: Pick<Datastore, 'suppressions'>,
  limit: number,
): Promise<ListedSuppressions> {
  const found = await suppressions.list({ limit: limit + 1 });
  return { suppressions: found.slice(0, limit), hasMore: found.length > limit };
}
