import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A process of `npm run worker` that consumes, and captures what it sends. */
export interface Worker {
  readonly pid: number;
  /** Whether it is the one that is at work. */
  isAtWork(): Promise<boolean>;
  /** Finishes what it has in hand, and ends. */
  stop(): Promise<void>;
}

const cli = fileURLToPath(new URL('../../src/demo/cli.ts', import.meta.url));

/** Resolves when it is ready. */
export async function startWorker(datastore: string): Promise<Worker> {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', cli, 'worker'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATASTORE: datastore,
      WORKER_ROLE: 'consumer',
      CAPTURE: 'email,sms',
      HTTP_PORT: '0',
      LOG_LEVEL: 'error',
    },
  });
  const ended = once(child, 'exit');
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    ended.then(([code]) => Promise.reject(new Error(`a worker ended with ${code}`))),
  ]);
  return {
    pid: child.pid ?? 0,
    async isAtWork() {
      const answer = (await (await fetch(`${url}/readyz`)).json()) as { work?: string };
      return answer.work === 'held';
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resolves when one of them works, and the others stand by. */
export async function untilOneWorks(workers: readonly Worker[]): Promise<void> {
  for (let left = 200; left > 0; left--) {
    const atWork = await Promise.all(workers.map((worker) => worker.isAtWork()));
    if (atWork.includes(true)) return;
    await pause(50);
  }
  throw new Error('no worker has begun to work');
}
