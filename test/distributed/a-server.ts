import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatastoreAt } from '../../src/datastore/index.ts';

const missing =
  'test:distributed needs the programs of PostgreSQL (Debian: apt-get install postgresql), or POSTGRES_BIN to say where they are.';

/** Debian keeps them where no PATH looks. */
function binOf(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    process.env.POSTGRES_BIN,
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb'))) ?? '';
}

/** A server of its own on a free port, with a fresh folder, for as long as the tests run. */
export default async function aServer(project: TestProject): Promise<() => Promise<void>> {
  const bin = binOf();
  if (bin === '') {
    process.stderr.write(`${missing}\n`);
    process.exit(1);
  }
  const folder = mkdtempSync(join(tmpdir(), 'notification-architectures-'));
  chmodSync(folder, 0o777);
  const owner = ownerOf();
  const data = join(folder, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'shop', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    { ...owner, encoding: 'utf8', cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  // Nothing here outlives the machine; what a disk costs is the benchmark's to measure.
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const stop = async (): Promise<void> => {
    // At once: nothing of it is kept.
    server.kill('SIGQUIT');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = `postgres://shop@127.0.0.1:${port}/template1`;
    await untilItAnswers(url, () => server.exitCode === null);
    project.provide('postgres', { url: url.replace('template1', 'postgres'), template: 'template1' });
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return stop;
}

/** PostgreSQL does not run as root. */
function ownerOf(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Which makes the tables in the database that every other one is a copy of. */
async function untilItAnswers(url: string, isUp: () => boolean): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      await (await openDatastoreAt(url)).close();
      return;
    } catch (thrown) {
      if (left === 0 || !isUp()) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
