import type { BreakerState } from '../kernel/index.ts';
import type { Channel } from './channel.ts';
import { ChannelQueue, type ChannelQueueOptions } from './channel-queue.ts';

export interface ChannelQueuesOptions extends Omit<ChannelQueueOptions, 'channelName' | 'channel'> {
  /** Each under a name of its own. */
  channels: readonly Channel[];
}

/** A queue for each channel; for one too that the ledger knows and that is not running any more. */
export class ChannelQueues {
  /** Of the running channels, in their order. */
  readonly names: readonly string[];
  readonly #options: ChannelQueuesOptions;
  readonly #queues = new Map<string, ChannelQueue>();
  #hasStopped = false;

  constructor(options: ChannelQueuesOptions) {
    this.#options = options;
    this.names = options.channels.map(({ name }) => name);
  }

  of(channelName: string): ChannelQueue {
    const known = this.#queues.get(channelName);
    if (known !== undefined) return known;
    const channel = this.#options.channels.find(({ name }) => name === channelName);
    const queue = new ChannelQueue({ ...this.#options, channelName, channel });
    this.#queues.set(channelName, queue);
    if (this.#hasStopped) queue.stop();
    return queue;
  }

  breakers(): ReadonlyMap<string, BreakerState> {
    return new Map(this.names.map((name) => [name, this.of(name).breakerState]));
  }

  stop(): void {
    this.#hasStopped = true;
    for (const queue of this.#queues.values()) queue.stop();
  }

  leaveAll(): void {
    for (const queue of this.#queues.values()) queue.leaveAll();
  }
}
