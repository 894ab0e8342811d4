import { type Datastore, openDatastore } from '../../datastore/index.ts';
import { InputError, type Logger } from '../../kernel/index.ts';
import { type ArchitectureName, type BusName, createWorld, type World } from '../world.ts';

interface StartOptions {
  architecture?: ArchitectureName;
  bus?: BusName;
  seed?: number;
  logger?: Logger;
}

/** @throws {InputError} when the file cannot be used, or holds a shop. */
export async function openEmpty(file: string | undefined): Promise<Datastore> {
  const datastore = openDatastore(file === undefined ? {} : { file });
  if (await datastore.isEmpty()) return datastore;
  await datastore.close();
  throw new InputError({
    message: `"${file}" already holds a shop`,
    help: 'Name a new file: a history begins with an empty shop.',
  });
}

/** A world whose clock stands at the first command, ready for it. */
export async function startWorld(
  { architecture, bus, seed, logger }: StartOptions,
  datastore: Datastore,
  startMs: number,
): Promise<World> {
  const world = createWorld({
    startMs,
    datastore,
    ...(architecture && { architecture }),
    ...(bus && { bus }),
    ...(seed !== undefined && { seed }),
    ...(logger && { logger }),
  });
  await world.architecture.start();
  return world;
}
