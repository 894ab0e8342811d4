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

/** A channel whose provider answers only when the story says so. */
export function slowChannel(name: 'email' | 'sms'): Channel & {
  readonly asked: string[];
  answer(): void;
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
    answer: () => {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
