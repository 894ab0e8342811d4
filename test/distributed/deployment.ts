import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { commandLine } from '../support/built.ts';
import { startSmtpServer, type TestMailServer } from '../support/mail-server.ts';
import { type Server, startServer } from './server.ts';

/** A process of `npm run worker`, as whoever runs a deployment sees it. */
export interface Worker {
  readonly url: string;
  readonly pid: number;
  /** What `/readyz` answers; undefined when it does not. */
  readiness(): Promise<{ status: number; work?: string } | undefined>;
  signal(name: NodeJS.Signals): void;
  /** What it has written to stderr. */
  readonly said: readonly string[];
  /** Its exit code; null when a signal has ended it. */
  readonly ended: Promise<number | null>;
}

export interface Deployment {
  readonly server: Server;
  readonly mail: TestMailServer;
  start(role: 'api' | 'consumer' | 'all', env?: Readonly<Record<string, string>>): Promise<Worker>;
  /** Kills all that is left of it. */
  close(): Promise<void>;
}

/** Without anything that has to be built. */
export const sources = ['--import', 'tsx/esm', 'src/demo/cli.ts'];

/** As `npm run build` leaves it: a process of it starts in half the time. */
export const packaged = ['dist/demo/cli.js'];

/**
 * A server of its own, a provider of mail that keeps a journal, and workers that whoever has it starts.
 * @param common Variables of all of them.
 * @param program What a process runs. Default: what is built for tests.
 */
export async function startDeployment(
  common: Readonly<Record<string, string>>,
  program: readonly string[] = [commandLine],
): Promise<Deployment> {
  const server = await startServer();
  const mail = await startSmtpServer();
  const children = new Set<ChildProcess>();
  /** Nobody outlives whoever has it, however that ends. */
  const onExit = (): void => {
    for (const child of children) child.kill('SIGKILL');
    void server.kill();
  };
  process.on('exit', onExit);
  return {
    server,
    mail,
    async start(role, env = {}) {
      const child = spawn(
        process.execPath,
        ['--import', './test/distributed/clock-ahead.mjs', ...program, 'worker'],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            DATASTORE: server.url,
            SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
            WORKER_ROLE: role,
            HTTP_PORT: '0',
            LOG_LEVEL: 'error',
            REQUESTS_PER_MINUTE: '1000000',
            ...common,
            ...env,
          },
        },
      );
      children.add(child);
      child.once('exit', () => children.delete(child));
      return workerOf(child);
    },
    async close() {
      process.off('exit', onExit);
      await Promise.all(
        [...children].map((child) => {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          return ended;
        }),
      );
      await mail.close();
      await server.remove();
    },
  };
}

async function workerOf(child: ChildProcess): Promise<Worker> {
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [url] = await Promise.race([
    once(lines, 'line') as Promise<[string]>,
    ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${said.join('')}`))),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    said,
    ended,
    signal: (name) => void child.kill(name),
    async readiness() {
      try {
        const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
        const { work } = (await response.json()) as { work?: string };
        return { status: response.status, ...(work !== undefined && { work }) };
      } catch {
        return undefined;
      }
    },
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Real processes take real time: so long at most, and not a moment longer than it takes. @returns how long it was */
export async function eventually(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = 30_000,
): Promise<number> {
  const startMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startMs > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(20);
  }
  return performance.now() - startMs;
}
