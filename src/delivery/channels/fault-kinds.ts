import type { Faults } from './faulty.ts';

/** What can be made to go wrong at a provider by a word, and how it is told: completes "The sms provider …". */
export const faultKinds = {
  down: {
    words: 'goes down',
    faults: { outages: [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }] },
  },
  slow: { words: 'takes 20 s for each answer', faults: { latencyMs: 20_000 } },
  busy: {
    words: 'refuses every other message, and asks to wait half a minute',
    faults: { failureRate: 0.5, retryAfterMs: 30_000 },
  },
  blocked: { words: 'blocks everybody', faults: { blockedRecipients: 'everybody' } },
} as const satisfies Readonly<Record<string, { words: string; faults: Faults }>>;
