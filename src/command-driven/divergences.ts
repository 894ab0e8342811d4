import type { Divergence } from '../services/index.ts';

const shownBy = 'test/architectures/divergences/command-driven.test.ts';

/** Where this architecture differs from others under the same faults, or in what it takes. */
export const divergences: readonly Divergence[] = [
  {
    id: 'lost-with-the-process',
    words:
      'On the in-memory bus, an event or command that was not handled when the process dies tells nobody.',
    effects: [{ effect: 'lost', fault: 'crash' }],
    bus: 'in-memory',
    shownBy,
  },
  {
    id: 'late-part-concludes-nothing',
    words:
      'When the news that a part of an order has shipped comes after the news of its delivery, nobody is told that it is complete.',
    effects: [{ effect: 'lost', fault: 'out-of-order' }],
    bus: 'in-memory',
    shownBy,
  },
];
