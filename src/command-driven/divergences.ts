import type { Divergence } from '../architecture/index.ts';

const shownBy = 'test/architectures/divergences/command-driven.test.ts';

/** Where this architecture differs from others under the same faults, or in what it takes. */
export const divergences: readonly Divergence[] = [
  {
    id: 'lost-with-the-process',
    words:
      'On the in-memory bus, an event or command that was not handled when the process dies tells nobody.',
    effects: [{ effect: 'lost', fault: 'crash' }],
    handOver: 'in-memory',
    shownBy,
  },
];
