import type { Divergence } from '../architecture/index.ts';

const shownBy = 'test/architectures/divergences/pipeline.test.ts';

/** Where this architecture differs from others under the same faults, or in what it takes. */
export const divergences: readonly Divergence[] = [
  {
    id: 'lost-with-the-process',
    words: 'On the in-memory bus, a message between stages dies with the process, and its request with it.',
    effects: [{ effect: 'lost', fault: 'crash' }],
    handOver: 'in-memory',
    shownBy,
  },
  {
    id: 'unknown-customer-is-refused',
    words: 'Validation refuses customers whom nobody knows; elsewhere, the event is a dead letter.',
    shownBy,
  },
];
