import type { Divergence } from '../services/index.ts';

const shownBy = 'test/architectures/divergences/pipeline.test.ts';

/** Where this architecture differs from others under the same faults, or in what it takes. */
export const divergences: readonly Divergence[] = [
  {
    id: 'lost-with-the-process',
    words:
      'On the in-memory bus, a message between two stages is gone when the process dies, and its request with it.',
    effects: [{ effect: 'lost', fault: 'crash' }],
    bus: 'in-memory',
    shownBy,
  },
];
