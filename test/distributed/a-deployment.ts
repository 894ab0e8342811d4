import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { commandLine } from '../support/built.ts';
import { openSmtpServer, type TestMailServer } from '../support/smtp-server.ts';
import { type Server, startServer } from './server.ts';

/** A process of `npm run worker`, as whoever runs a deployment sees it. */
export interface Worker {
  readonly url: string;
  readonly pid: number;
  /** What `/readyz` answers; undefined when it does not. */
  readiness(): Promise<{ status: number; work?: string } | undefined>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; null when a signal has ended it. */
  readonly ended: Promise<number | null>;
}

export interface Deployment {
  readonly server: Server;
  readonly mail: TestMailServer;
  start(role: 'api' | 'consumer' | 'all', env?: Readonly<Record<string, string>>): Promise<Worker>;
}

/** A server of its own, a provider of mail that keeps a journal, and workers that a test starts, and nobody outlives it. */
export async function aDeployment(common: Readonly<Record<string, string>>): Promise<Deployment> {
  const server = await startServer();
  onTestFinished(() => server.remove());
  const mail = await openSmtpServer();
  const children = new Set<ChildProcess>();
  onTestFinished(async () => {
    await Promise.all(
      [...children].map((child) => {
        const ended = hasEnded(child) ? undefined : once(child, 'exit');
        child.kill('SIGKILL');
        return ended;
      }),
    );
  });
  return {
    server,
    mail,
    async start(role, env = {}) {
      const child = spawn(
        process.execPath,
        ['--import', './test/distributed/clock-ahead.mjs', commandLine, 'worker'],
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
      return workerOf(child);
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

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

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
