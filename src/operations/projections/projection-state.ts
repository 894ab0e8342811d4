import type { Datastore, ProjectionBuild } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import { customerReach } from './customer-reach.ts';
import { orderOverview } from './order-overview.ts';
import type { AnyProjection } from './projection.ts';

/** Those that come with the shop. */
export const projections: readonly AnyProjection[] = [orderOverview, customerReach];

/** @throws {InputError} there is none of that name. */
export function projectionOf(name: string): AnyProjection {
  const found = projections.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new InputError({
    message: `there is no projection ${JSON.stringify(name)}`,
    help: `Known: ${projections.map((each) => each.name).join(', ')}.`,
  });
}

/** How a projection stands. */
export interface ProjectionState {
  readonly name: string;
  readonly words: string;
  /** Of the program. */
  readonly version: number;
  /** What is read; undefined while nothing was ever complete. */
  readonly live: ProjectionBuild | undefined;
  /** What will be read once it is complete. */
  readonly unfinished: ProjectionBuild | undefined;
  /** Where the log ends. */
  readonly head: number;
}

/** Nothing is written. */
export async function stateOf(datastore: Datastore, projection: AnyProjection): Promise<ProjectionState> {
  const { name, words, version } = projection;
  const builds = await datastore.projections.builds(name);
  return {
    name,
    words,
    version,
    live: builds.find(({ isLive }) => isLive),
    unfinished: builds.find(({ isLive }) => !isLive),
    head: await datastore.consumption.head(),
  };
}

const pageSize = 1000;

/** All rows of what is read now, in the order of their keys; none where nothing was ever complete. */
export async function* rowsOf<Value>(
  { projections: store }: Pick<Datastore, 'projections'>,
  name: string,
): AsyncGenerator<{ readonly key: string; readonly value: Value }> {
  const live = (await store.builds(name)).find(({ isLive }) => isLive);
  if (live === undefined) return;
  for (let after = ''; ; ) {
    const page = await store.page(live.id, { after, limit: pageSize });
    for (const { key, value } of page) yield { key, value: JSON.parse(value) };
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.key;
  }
}
