import { type Datastore, openDatastore } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import { claimed, createWorld, type World, type WorldOptions } from '../../shop/index.ts';

type StartOptions = Pick<WorldOptions, 'architecture' | 'bus' | 'seed' | 'channels' | 'admin' | 'logger'>;

/**
 * A datastore that nobody else consumes from.
 * @throws {InputError} when the file cannot be used, or holds a shop.
 * @throws {AlreadyConsumedError} when another process runs a shop on it.
 */
export async function openEmpty(file: string | undefined): Promise<Datastore> {
  const datastore = openDatastore(file === undefined ? {} : { file });
  try {
    const own = await claimed(datastore);
    if (await own.isEmpty()) return own;
  } catch (thrown) {
    await datastore.close();
    throw thrown;
  }
  await datastore.close();
  throw new InputError({
    message: `"${file}" already holds a shop`,
    help: `Name a new file: a history begins with an empty shop. What a stopped replay left there, \`npm run resume -- --data ${file}\` takes up.`,
  });
}

/** A world whose clock stands at the first command, ready for it. */
export async function startWorld(
  { architecture, bus, seed, channels, admin, logger }: StartOptions,
  datastore: Datastore,
  startMs: number,
): Promise<World> {
  const world = createWorld({
    startMs,
    datastore,
    ...(architecture && { architecture }),
    ...(bus && { bus }),
    ...(seed !== undefined && { seed }),
    ...(channels && { channels }),
    ...(admin && { admin }),
    ...(logger && { logger }),
  });
  await world.architecture.start();
  return world;
}
