import {
  type Channel,
  ChannelError,
  captureEmail,
  capturePush,
  captureSms,
  captureWebhook,
  FaultyChannel,
} from '../../delivery/index.ts';
import {
  type Clock,
  type Random,
  seededRandom,
  systemClock,
  systemRandom,
  VirtualClock,
} from '../../kernel/index.ts';
import { generateLoad } from './load.ts';
import { readRequests } from './read-requests.ts';
import type { RequestEntry } from './request-entry.ts';
import { blockedNumber, sampleEntries } from './samples.ts';
import { sampleUsers } from './users.ts';

export interface SourceOptions {
  /** JSON or CSV. */
  file?: string;
  interactive?: boolean;
  /** How many requests to generate. */
  stress?: number;
  /** How many of those a second, in real time. Left out: as fast as they get through. */
  ratePerSecond?: number;
  /** Of the samples and of the generated load: the same seed repeats them to the byte. */
  seed: number;
  /** What share of all sends fails, from 0 to 1. Default 0. */
  failureRate?: number;
  /** How many sends of each channel fail before one succeeds. Default 0. */
  failFirst?: number;
}

/** Where requests come from, and the world that they meet. */
export interface Source {
  readonly kind: 'samples' | 'load' | 'file' | 'prompt';
  readonly clock: Clock;
  readonly random: Random;
  /** They capture: nothing leaves the process. */
  readonly channels: readonly Channel[];
  /** Empty for the prompt. */
  readonly entries: AsyncIterable<RequestEntry> | Iterable<RequestEntry>;
}

const virtualMorning = Date.parse('2026-03-02T10:00:00Z');

/** Without a file, a prompt or a load, the samples. Ours play in virtual time, a person's own in real time. */
export function sourceOf(options: SourceOptions): Source {
  const { failureRate = 0, failFirst = 0, seed } = options;
  const source = wellSourceOf(options);
  if (failureRate === 0 && failFirst === 0) return source;
  const { clock } = source;
  // Of its own, so that the requests stay the same.
  const random = seededRandom(seed + 1_000_003);
  const channels = source.channels.map((channel) =>
    failingFirst(new FaultyChannel(channel, { clock, random, faults: { failureRate } }), failFirst),
  );
  return { ...source, channels };
}

function failingFirst(channel: Channel, count: number): Channel {
  let left = count;
  return {
    name: channel.name,
    templates: channel.templates,
    async send(message, context) {
      if (left-- > 0) throw new ChannelError('transient', { message: 'one of the first, which fail' });
      return channel.send(message, context);
    },
  };
}

function wellSourceOf({ file, interactive, stress, ratePerSecond, seed }: SourceOptions): Source {
  const ownClock = systemClock();
  const own = { clock: ownClock, random: systemRandom(), channels: captured(ownClock) };
  if (interactive === true) return { kind: 'prompt', ...own, entries: [] };
  if (file !== undefined) return { kind: 'file', ...own, entries: readRequests(file) };

  const clock = ratePerSecond === undefined ? new VirtualClock(virtualMorning) : ownClock;
  const random = seededRandom(seed);
  const channels = captured(clock);
  if (stress !== undefined) {
    const load = { count: stress, random: seededRandom(seed), users: sampleUsers };
    const entries = generateLoad({ ...load, channels: channels.map(({ name }) => name) });
    return { kind: 'load', clock, random, channels, entries };
  }
  const faults = { blockedRecipients: [blockedNumber] };
  const unwilling = channels.map((channel) => new FaultyChannel(channel, { clock, random, faults }));
  return { kind: 'samples', clock, random, channels: unwilling, entries: sampleEntries };
}

const captured = (clock: Clock): Channel[] => [
  captureEmail({ clock }),
  captureSms(),
  capturePush(),
  captureWebhook({ clock }),
];
