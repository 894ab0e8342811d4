import type { Random } from '../../../src/kernel/index.ts';
import { type Deployment, eventually, pause, type Worker } from '../deployment.ts';
import { type Orders, ordersComeTo } from '../orders-that-come.ts';
import { KeptRunning } from './kept-running.ts';

/** Of the holder there is one among the consumers; the others stand by. */
export const victims = ['consumer', 'holder', 'api', 'database'] as const;
export type Victim = (typeof victims)[number];

/** What takes so long never comes, however busy the machine is. */
export const longestMs = 200_000;

export interface Killed {
  readonly atMs: number;
  /** Resolves when there is again somebody who can do what it did. */
  readonly back: Promise<unknown>;
}

/** All processes of a deployment, each of which is kept running. */
export class Fleet {
  readonly #deployment: Deployment;
  readonly #random: Random;
  readonly #consumers: readonly KeptRunning[];
  readonly #api: KeptRunning;
  #apiUrl = '';
  #server: Promise<void> = Promise.resolve();
  /** What ended though nobody had killed it. */
  readonly deaths: string[] = [];

  /** @param workers How many consumers there are. */
  constructor(deployment: Deployment, workers: number, random: Random) {
    this.#deployment = deployment;
    this.#random = random;
    const kept = (name: string, start: () => Promise<Worker>): KeptRunning =>
      new KeptRunning(start, (code) => this.deaths.push(`${name} ended with ${code}`));
    this.#api = kept('the api', async () => {
      const api = await deployment.start('api');
      this.#apiUrl = api.url;
      return api;
    });
    this.#consumers = Array.from({ length: workers }, (_, nr) =>
      // Their clocks are wrong, each in its own way.
      kept('a consumer', () => deployment.start('consumer', { CLOCK_AHEAD_HOURS: String((nr % 3) - 1) })),
    );
  }

  /** Resolves when all are up, orders come, and customers are told. */
  async open(): Promise<Orders> {
    await Promise.all([this.#api, ...this.#consumers].map(({ now }) => now));
    const orders = await ordersComeTo(() => this.#apiUrl, 'storm');
    await eventually('customers are told', () => this.#deployment.mail.mails.length > 20, longestMs);
    return orders;
  }

  /** Resolves when it is dead. */
  async kill(victim: Victim): Promise<Killed> {
    if (victim === 'database') return this.#killServer();
    if (victim === 'api') return { atMs: await this.#api.kill(), back: this.#api.now };
    const atMs = await (victim === 'holder' ? await this.#holder() : this.#any()).kill();
    return { atMs, back: Promise.any(this.#consumers.map(({ now }) => now)) };
  }

  /** How each of them is, for whoever has to find out what is wrong. */
  async state(): Promise<string> {
    const states = [this.#api, ...this.#consumers].map(async ({ up }) =>
      up === undefined
        ? 'not up'
        : `${up.url} ${JSON.stringify(await up.readiness())} ${up.said.join('').slice(-2000)}`,
    );
    return (await Promise.all(states)).join('\n');
  }

  /** Nothing is started any more. */
  end(): void {
    for (const each of [this.#api, ...this.#consumers]) each.end();
  }

  async #killServer(): Promise<Killed> {
    const { server } = this.#deployment;
    await this.#server;
    const atMs = performance.now();
    await server.kill(this.#random.next() < 0.5 ? 'SIGKILL' : 'SIGQUIT');
    this.#server = pause(this.#random.next() * 1500).then(() => server.start());
    this.#server.catch(() => {});
    return { atMs, back: this.#server };
  }

  #any(): KeptRunning {
    return this.#consumers[Math.floor(this.#random.next() * this.#consumers.length)] as KeptRunning;
  }

  async #holder(): Promise<KeptRunning> {
    let holder: KeptRunning | undefined;
    await eventually(
      'one of them holds the lease',
      async () => {
        const work = await Promise.all(this.#consumers.map(async ({ up }) => (await up?.readiness())?.work));
        holder = this.#consumers[work.indexOf('held')];
        return holder !== undefined;
      },
      longestMs,
    );
    return holder ?? this.#any();
  }
}
