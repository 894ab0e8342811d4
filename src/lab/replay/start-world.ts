import { rm } from 'node:fs/promises';
import { type Datastore, isServer, openDatastoreAt, shownPlace } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import { claimed, createWorld, type World, type WorldOptions } from '../../shop/index.ts';

type StartOptions = Pick<
  WorldOptions,
  'architecture' | 'bus' | 'handOver' | 'seed' | 'channels' | 'admin' | 'logger'
>;

/**
 * A datastore that nobody else consumes from.
 * @param isAnew Whether a shop that the file holds is thrown away.
 * @throws {InputError} when the file cannot be used, or holds a shop.
 * @throws {AlreadyConsumedError} when another process runs a shop on it.
 */
export async function openEmpty(file: string | undefined, isAnew = false): Promise<Datastore> {
  if (file !== undefined && isAnew && isServer(file)) throw notThrownAway(file);
  const datastore = await openDatastoreAt(file);
  try {
    const own = await claimed(datastore, { isAlone: true });
    if (await own.isEmpty()) return own;
  } catch (thrown) {
    await datastore.close();
    throw thrown;
  }
  await datastore.close();
  if (file !== undefined && isAnew) {
    for (const part of partsOf(file)) await rm(part, { force: true });
    return openEmpty(file);
  }
  const shown = shownPlace(file ?? '');
  throw new InputError({
    message: `"${shown}" already holds a shop`,
    help: `A history begins with an empty shop. --anew throws that one away and plays from the start, which gives the same report as if nothing had come between; \`npm run resume -- --data ${shown}\` only finishes what a stopped replay had in hand.`,
  });
}

/** A database may be others' too, and is not this program's to empty. */
const notThrownAway = (url: string): InputError =>
  new InputError({
    message: `--anew throws away files, and "${shownPlace(url)}" is none`,
    help: 'Drop its schema, notification_architectures, or name another database.',
  });

/** What SQLite keeps a database in. The file by which a process claims it stays: another may hold it. */
const partsOf = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`];

/** A world whose clock stands at the first command, ready for it. */
export async function startWorld(
  { architecture, bus, handOver, seed, channels, admin, logger }: StartOptions,
  datastore: Datastore,
  startMs: number,
): Promise<World> {
  const world = createWorld({
    startMs,
    datastore,
    ...(architecture && { architecture }),
    ...(bus && { bus }),
    ...(handOver && { handOver }),
    ...(seed !== undefined && { seed }),
    ...(channels && { channels }),
    ...(admin && { admin }),
    ...(logger && { logger }),
  });
  await world.architecture.start();
  return world;
}
