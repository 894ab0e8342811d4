import { InputError, quote } from '../kernel/index.ts';
import { isServer, shownPlace } from './open-at.ts';
import type { ScratchRun } from './scratch-run.ts';

// Loaded when it is asked for: a shop on a file has no use for the driver.
const postgres = () => import('./postgres/scratch.ts');

/**
 * @param url Any database of the server, as `postgres://user@host:5432/database`. Nothing in it is read or written.
 * @throws {InputError} it is no server's, cannot be reached, or its user may make no databases. What it says holds no password, and
 * nothing is left behind.
 */
export async function beginScratch(url: string): Promise<ScratchRun> {
  if (!isServer(url))
    throw new InputError({
      message: `cannot use ${quote(shownPlace(url))} here: it is a file, and a server is wanted`,
      help: 'It looks like postgres://user@host:5432/database.',
    });
  return (await postgres()).beginRun(url);
}

/** @returns the URL of a new database, with our tables and nothing in them: for `openDatastoreAt`. */
export const makeScratch = async (run: ScratchRun): Promise<string> => (await postgres()).makeDatabase(run);

/** Takes one away, whoever is in it. */
export const dropScratch = async (run: ScratchRun, url: string): Promise<void> =>
  (await postgres()).dropDatabase(run, url);

/** Takes all of them away, those of other processes too, and ends whoever is about to make one. */
export const endScratch = async (run: ScratchRun): Promise<void> => (await postgres()).endRun(run);
