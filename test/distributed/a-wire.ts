import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The network between one process and a server; as it is, for the other processes. */
export interface Wire {
  /** Of the server, by this way. */
  readonly url: string;
  /** Both ends of every connection hear that it is reset; so do those of a new one. */
  cut(): void;
  /**
   * Nothing arrives any more, in neither direction, and nobody is told; a new connection is accepted, and never answered. What
   * is connected now hears nothing again, healed or not, as behind a router that has lost its table.
   */
  swallow(): void;
  /** Everything arrives so much later, in its order. */
  slow(byMs: number): void;
  heal(): void;
  /** How often the server was asked something and answered, whatever was asked at once. */
  readonly waysThereAndBack: number;
}

/** Behind it is the server of this address. */
export async function aWire(serverUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(serverUrl);
  const pairs = new Set<Pair>();
  let state: 'well' | 'cut' | 'swallowing' = 'well';
  let byMs = 0;
  let ways = 0;
  const listener = createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy();
    const far = state === 'well' ? connect(Number(port), hostname) : undefined;
    const pair = new Pair(near, far, { delay: () => byMs, onWay: () => ways++ });
    pairs.add(pair);
    near.on('close', () => pair.isSilent || pairs.delete(pair));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => {
    for (const pair of pairs) pair.reset();
    listener.close();
  });
  const url = new URL(serverUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      state = 'cut';
      for (const pair of pairs) pair.reset();
      pairs.clear();
    },
    swallow() {
      state = 'swallowing';
      for (const pair of pairs) pair.isSilent = true;
    },
    slow(ms) {
      byMs = ms;
    },
    heal() {
      state = 'well';
      byMs = 0;
    },
    get waysThereAndBack() {
      return ways;
    },
  };
}

interface PairOptions {
  /** How much later everything arrives, ms. */
  delay(): number;
  /** The near end has asked, and nothing since the far end was last heard. */
  onWay(): void;
}

/** A connection; without a far end, one that is never answered. */
class Pair {
  readonly #ends: readonly Socket[];
  readonly #how: PairOptions;
  /** Whether the last that was heard came from the far end. */
  #isAnswered = true;
  isSilent: boolean;

  constructor(near: Socket, far: Socket | undefined, how: PairOptions) {
    this.#how = how;
    this.#ends = far === undefined ? [near] : [near, far];
    this.isSilent = far === undefined;
    this.#carry(near, far, () => this.#asked());
    if (far) this.#carry(far, near, () => this.#answered());
  }

  reset(): void {
    for (const end of this.#ends) end.resetAndDestroy();
  }

  #asked(): void {
    if (this.#isAnswered) this.#how.onWay();
    this.#isAnswered = false;
  }

  #answered(): void {
    this.#isAnswered = true;
  }

  #carry(from: Socket, to: Socket | undefined, heard: () => void): void {
    let last = Promise.resolve();
    const later = (act: () => void): void => {
      const untilMs = performance.now() + this.#how.delay();
      last = last.then(async () => {
        const leftMs = untilMs - performance.now();
        if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
        if (!this.isSilent) act();
      });
    };
    from.on('error', () => {});
    from.on('data', (bytes) => {
      heard();
      later(() => void to?.write(bytes));
    });
    from.on('close', () => later(() => void to?.destroy()));
  }
}
