import type { Datastore, ProjectionBuild, Stores } from '../../datastore/index.ts';
import { parseMessage, shopEvents } from '../../events/index.ts';
import { AppError, InputError, messageOf } from '../../kernel/index.ts';
import { ChangedRows } from './changed-rows.ts';
import type { AnyProjection } from './projection.ts';

/** How much of the log is read in one transaction: others wait no longer than that. */
const positionsAtOnce = 500;

/**
 * Brings a projection to the end of the log. Its rows and how far they go are kept in one transaction, so that each
 * event has one effect, however often and by however many this is called, and wherever a process dies. A projection
 * whose version is not the kept one is made anew beside it, from position 0, and takes its place once it is complete.
 * One that was stopped by an event is given it again.
 * @returns how it stands then; `failure` says what stopped it.
 * @throws {InputError} a newer program keeps it.
 */
export async function catchUp(datastore: Datastore, projection: AnyProjection): Promise<ProjectionBuild> {
  for (;;) {
    const { build, isComplete } = await datastore.transaction((stores) => advance(stores, projection));
    if (isComplete || build.failure !== null) return build;
  }
}

/** The same from the beginning of the log, beside what is kept, which is read until the new rows are complete. */
export async function rebuild(datastore: Datastore, projection: AnyProjection): Promise<ProjectionBuild> {
  await datastore.transaction(async ({ projections }) => {
    await dropUnfinished(projections, projection.name);
    await projections.begin(projection.name, projection.version);
  });
  return catchUp(datastore, projection);
}

interface Advanced {
  readonly build: ProjectionBuild;
  readonly isComplete: boolean;
}

async function advance(stores: Stores, projection: AnyProjection): Promise<Advanced> {
  const build = await currentBuild(stores.projections, projection);
  const head = await stores.consumption.head();
  const upTo = Math.min(head, build.position + positionsAtOnce);
  const { position, failure } = await apply(stores, projection, { build, upTo });
  const isComplete = failure === null && position === head;
  const next: ProjectionBuild = { ...build, position, failure, isLive: build.isLive || isComplete };
  await stores.projections.save(next);
  if (isComplete && !build.isLive) await dropOthers(stores.projections, next);
  return { build: next, isComplete };
}

/** The one to work on: an unfinished one of this version, else the live one of this version, else a new one. */
async function currentBuild(
  projections: Stores['projections'],
  { name, version }: AnyProjection,
): Promise<ProjectionBuild> {
  const builds = await projections.builds(name);
  const newest = builds.at(-1);
  if (newest !== undefined && newest.version > version) throw outOfDate(newest, version);
  if (newest?.version === version) return newest;
  await dropUnfinished(projections, name);
  const live = builds.find((each) => each.isLive && each.version === version);
  return live ?? projections.begin(name, version);
}

/** While two programs run side by side, the older one must not take the place of the newer. */
const outOfDate = ({ name, version }: ProjectionBuild, known: number): InputError =>
  new InputError({
    message: `projection ${name} is of version ${version}, and this program has version ${known}`,
    help: 'Use the newer program; it keeps the projection.',
  });

interface Stretch {
  readonly build: ProjectionBuild;
  readonly upTo: number;
}

async function apply(
  stores: Stores,
  { name, handles, project }: AnyProjection,
  { build, upTo }: Stretch,
): Promise<Pick<ProjectionBuild, 'position' | 'failure'>> {
  const rows = new ChangedRows(stores.projections, build.id);
  const stretch = { subscriber: name, types: handles, after: build.position, upTo, skipHandled: false };
  for (const { position, message } of await stores.consumption.read(stretch)) {
    try {
      await project(parseMessage(shopEvents, message), rows);
      rows.keep();
    } catch (thrown) {
      await rows.write();
      return { position: position - 1, failure: { position, reason: reasonOf(thrown) } };
    }
  }
  await rows.write();
  return { position: upTo, failure: null };
}

const reasonOf = (thrown: unknown): string =>
  thrown instanceof AppError ? `${thrown.code}: ${thrown.message}` : messageOf(thrown);

async function dropUnfinished(projections: Stores['projections'], name: string): Promise<void> {
  for (const build of await projections.builds(name)) if (!build.isLive) await projections.drop(build.id);
}

async function dropOthers(projections: Stores['projections'], { id, name }: ProjectionBuild): Promise<void> {
  for (const build of await projections.builds(name)) if (build.id !== id) await projections.drop(build.id);
}
