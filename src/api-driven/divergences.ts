import type { Divergence } from '../architecture/index.ts';

const shownBy = 'test/architectures/divergences/api-driven.test.ts';

/** Where this architecture differs from others under the same faults, or in what it takes. */
export const divergences: readonly Divergence[] = [
  {
    id: 'lost-between-commit-and-call',
    words:
      'Where the call comes after the commit, a process that dies in between has changed the shop and told nobody.',
    handOver: 'after-commit',
    effects: [{ effect: 'lost', fault: 'crash' }],
    shownBy,
  },
  {
    id: 'caller-waits-for-provider',
    words:
      'Where the call comes after the commit, the caller of a command waits for the slowest provider, and gives its next command later.',
    handOver: 'after-commit',
    effects: [{ effect: 'blocked', fault: 'slow-provider' }],
    shownBy,
  },
  {
    id: 'services-call-the-notifier',
    words: 'Every service of the shop knows the notifier, and when to call it.',
    reaches: ['accounts', 'ordering', 'pricing', 'billing', 'promotions'].map((service) => ({
      service,
      what: ['notification-api'],
    })),
    shownBy,
  },
  {
    id: 'pricing-reads-carts',
    words: 'To find out whom to tell of a lower price, pricing reads the carts and the customers.',
    reaches: [{ service: 'pricing', what: ['carts', 'customers'] }],
    shownBy,
  },
  {
    id: 'promotions-reads-customers',
    words: 'To find out whom to tell of a promotion, promotions reads the customers.',
    reaches: [{ service: 'promotions', what: ['customers'] }],
    shownBy,
  },
  {
    id: 'billing-reads-products',
    words: 'To say on a receipt what was paid for, billing reads the products.',
    reaches: [{ service: 'billing', what: ['products'] }],
    shownBy,
  },
];
