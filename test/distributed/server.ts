import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface ServerOptions {
  /** How whoever comes has to show who that is. Default `trust`. */
  readonly auth?: 'trust' | 'scram-sha-256';
  /** Of its user `shop`. Default: none. */
  readonly password?: string;
  /** As in its file of settings, before those that every server of the tests has. */
  readonly settings?: readonly string[];
}

/** A server of PostgreSQL's, with a fresh folder, on a free port. */
export interface Server {
  /** Of its database `postgres`. */
  readonly url: string;
  /**
   * Ends it at once: nothing is written any more. By SIGKILL the one who watches over its sessions dies, and each of those when it
   * notices. Default SIGQUIT: all at once.
   */
  kill(signal?: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** The same again, on what is there. */
  start(settings?: readonly string[]): Promise<void>;
  /** Ends it, and leaves nothing. */
  remove(): Promise<void>;
}

/**
 * Where its programs are; undefined where there are none. Debian keeps them where no PATH looks. POSTGRES_BIN names the folder, and
 * then they are there or nowhere.
 */
export function binFolder({ POSTGRES_BIN, PATH = '' }: NodeJS.ProcessEnv = process.env): string | undefined {
  if (POSTGRES_BIN) return existsSync(join(POSTGRES_BIN, 'initdb')) ? POSTGRES_BIN : undefined;
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...PATH.split(':'),
  ];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb')));
}

export async function startServer({
  auth = 'trust',
  password,
  settings = [],
}: ServerOptions = {}): Promise<Server> {
  const bin = binFolder() ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'notification-architectures-'));
  chmodSync(folder, 0o777);
  const owner = ownerOf();
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (password !== undefined) writeFileSync(passwordFile, password, { mode: 0o644 });
  const how = ['-U', 'shop', '-A', auth, '-E', 'UTF8', '--locale=C', '--no-sync'];
  if (password !== undefined) how.push(`--pwfile=${passwordFile}`);
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...how], {
    ...owner,
    encoding: 'utf8',
    cwd: folder,
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const url = `postgres://shop@127.0.0.1:${port}/postgres`;
  // Nothing here outlives the machine; what a disk costs is the benchmark's to measure.
  const usual = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
  let running: ChildProcess | undefined;
  let wasKilled = false;

  const server: Server = {
    url,
    async start(more = settings) {
      const flags = [...usual, ...more].flatMap((setting) => ['-c', setting]);
      for (let left = wasKilled ? 100 : 0; ; left--) {
        const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
          ...owner,
          cwd: folder,
          stdio: 'ignore',
        });
        running = child;
        try {
          return await untilItAnswers({ url, password }, () => child.exitCode === null);
        } catch (thrown) {
          // Sessions of the one before still have its memory.
          if (left === 0 || child.exitCode === null) throw thrown;
        }
      }
    },
    async kill(signal = 'SIGQUIT') {
      const child = running;
      running = undefined;
      wasKilled = signal === 'SIGKILL';
      child?.kill(signal);
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    async remove() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (thrown) {
    await server.remove();
    throw thrown;
  }
  return server;
}

/** PostgreSQL does not run as root. */
function ownerOf(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function untilItAnswers(
  { url, password }: { url: string; password: string | undefined },
  isUp: () => boolean,
): Promise<void> {
  for (let left = 200; ; left--) {
    const connectionString = url.replace('shop@', `shop:${encodeURIComponent(password ?? '')}@`);
    const client = new pg.Client({ connectionString });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (thrown) {
      await client.end().catch(() => {});
      if (left === 0 || !isUp()) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
