import type { TestProject } from 'vitest/node';
import { openDatastoreAt } from '../../src/datastore/index.ts';
import { binFolder, startServer } from './server.ts';

const missing =
  'test:distributed needs the programs of PostgreSQL (Debian: apt-get install postgresql), or POSTGRES_BIN to say where they are.';

/** A server for as long as the tests run, with our tables in the database that every other one is a copy of. */
export default async function aServer(project: TestProject): Promise<() => Promise<void>> {
  if (binFolder() === undefined) {
    process.stderr.write(`${missing}\n`);
    process.exit(1);
  }
  const server = await startServer();
  try {
    await (await openDatastoreAt(server.url.replace(/postgres$/, 'template1'))).close();
    project.provide('postgres', { url: server.url, template: 'template1' });
  } catch (thrown) {
    await server.remove();
    throw thrown;
  }
  return () => server.remove();
}
