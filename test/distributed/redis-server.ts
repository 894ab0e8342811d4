import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server.ts';

/** A server of Redis's, with a fresh folder, on a free port. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, with SIGKILL. */
  kill(): Promise<void>;
  /** The same again, on what is there. */
  start(): Promise<void>;
  /** Ends it, and leaves nothing. */
  remove(): Promise<void>;
}

/** Where the program is; undefined where there is none. REDIS_SERVER names it, and then it is there or nowhere. */
export function redisProgram(
  { REDIS_SERVER, PATH = '' }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (REDIS_SERVER) return existsSync(REDIS_SERVER) ? REDIS_SERVER : undefined;
  return PATH.split(':')
    .map((folder) => join(folder, 'redis-server'))
    .find(existsSync);
}

/** @param settings `['appendonly', 'yes']` and so on. What is left out is as the server has it, but for snapshots: there are none. */
export async function startRedis(
  settings: readonly (readonly [name: string, value: string])[] = [],
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'notification-architectures-'));
  const port = await freePort();
  const flags = settings.flatMap(([name, value]) => [`--${name}`, value]);
  let running: ChildProcess | undefined;
  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const usual = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
      running = spawn(redisProgram() ?? 'redis-server', [...usual, ...flags], { stdio: 'ignore' });
      await untilItAnswers(port, running);
    },
    async kill() {
      const child = running;
      running = undefined;
      child?.kill('SIGKILL');
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

/** Whatever it answers, but that it is still reading what it has kept. */
async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  for (let left = 400; ; left--) {
    const answer = await ping(port);
    if (answer !== '' && !answer.startsWith('-LOADING')) return;
    if (left === 0 || child.exitCode !== null) throw new Error('redis-server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (bytes) => end(bytes.toString()));
    socket.on('error', () => end(''));
    socket.on('close', () => end(''));
  });
}
