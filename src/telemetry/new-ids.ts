import type { Random } from '../kernel/index.ts';

/** Ids of what no message stands for. */
export interface NewIds {
  traceId(): string;
  spanId(): string;
}

export const newIds = (random: Random): NewIds => {
  const digits = (bytes: number): string => {
    // All zeroes would be no id.
    for (;;) {
      const id = Buffer.from(random.bytes(bytes)).toString('hex');
      if (/[^0]/.test(id)) return id;
    }
  };
  return { traceId: () => digits(16), spanId: () => digits(8) };
};
