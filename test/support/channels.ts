import type { Channel } from '../../src/delivery/index.ts';

/** A channel that fails every time, and counts how often it was asked. */
export function failingChannel(
  name: 'email' | 'sms',
  error: unknown,
): Channel & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name,
    templates: name,
    asked,
    async send(_message, { idempotencyKey }) {
      asked.push(idempotencyKey);
      throw error;
    },
  };
}

/** A channel whose provider is well, or not, as the story goes on. */
export interface MoodyChannel extends Channel {
  /** What it fails with; undefined: it sends. */
  mood: unknown;
  /** The keys of every message that it was asked to send, and of those that it took. */
  readonly asked: string[];
  readonly taken: string[];
}

export function moodyChannel(name: 'email' | 'sms', mood?: unknown): MoodyChannel {
  const channel: MoodyChannel = {
    name,
    templates: name,
    mood,
    asked: [],
    taken: [],
    async send(_message, { idempotencyKey }) {
      channel.asked.push(idempotencyKey);
      if (channel.mood !== undefined) throw channel.mood;
      channel.taken.push(idempotencyKey);
      return { id: idempotencyKey };
    },
  };
  return channel;
}

/** A channel that takes its time, on the clock. */
export function patientChannel(name: 'email' | 'sms', latencyMs: number): MoodyChannel {
  const channel = moodyChannel(name);
  return Object.assign(channel, {
    async send(...[message, context]: Parameters<Channel['send']>) {
      channel.asked.push(context.idempotencyKey);
      await context.wait(latencyMs);
      channel.taken.push(context.idempotencyKey);
      return { id: `${message.to}-${context.idempotencyKey}` };
    },
  });
}

/** A channel whose provider answers only when the story says so. */
export function slowChannel(name: 'email' | 'sms'): Channel & {
  readonly asked: string[];
  answer(): void;
  /** Only to the one that has waited longest. */
  answerOne(): void;
} {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    name,
    templates: name,
    asked,
    async send(_message, { idempotencyKey }) {
      asked.push(idempotencyKey);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { id: idempotencyKey };
    },
    answerOne: () => waiting.shift()?.(),
    answer: () => {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
