import { rm } from 'node:fs/promises';
import { type Datastore, openDatastore } from '../../datastore/index.ts';
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
  const datastore = openDatastore(file === undefined ? {} : { file });
  try {
    const own = await claimed(datastore);
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
  throw new InputError({
    message: `"${file}" already holds a shop`,
    help: `A history begins with an empty shop. --anew throws that one away and plays from the start, which gives the same report as if nothing had come between; \`npm run resume -- --data ${file}\` only finishes what a stopped replay had in hand.`,
  });
}

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
