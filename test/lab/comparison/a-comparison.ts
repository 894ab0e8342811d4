import type {
  Behaviour,
  Comparison,
  Coupling,
  FaultOutcome,
} from '../../../src/lab/comparison/comparison.ts';
import { orderShipped, priceDrop } from './some-paths.ts';

/** Where each architecture can run. */
const variants = [
  ['event-sourced', 'in-memory'],
  ['event-sourced', 'durable'],
  ['api-driven', 'after-commit'],
  ['api-driven', 'transactional'],
  ['pipeline', 'in-memory'],
  ['pipeline', 'durable'],
  ['command-driven', 'in-memory'],
  ['command-driven', 'durable'],
] as const;

const faults = [
  ['provider-down', 'the email provider refuses everything for ten minutes', 1, 12],
  ['slow-provider', 'the email provider takes 30 s for each message', 1, 12],
  ['duplicate-event', 'each event is published twice', 1, 12],
  ['out-of-order', 'the line items of an order ship in every order', 6, 12],
  ['poison-event', 'an event that no version of its schema fits', 1, 12],
  ['crash', 'the process is killed at random times', 200, 400],
] as const;

function outcomeOf(
  [architecture, handOver]: (typeof variants)[number],
  [fault, title, runs, expected]: (typeof faults)[number],
): FaultOutcome[] {
  // Nothing can be published twice where nothing is published.
  if (architecture === 'api-driven' && fault === 'duplicate-event') return [];
  const isForgetful = handOver === 'in-memory' || handOver === 'after-commit';
  return [
    {
      fault,
      title,
      architecture,
      handOver,
      runs,
      ...(fault === 'crash' && { sampled: 'kill', ordersPerSecond: 20 }),
      expected,
      lost: fault === 'crash' && isForgetful ? 20 + architecture.length : 0,
      doubled: 0,
      repeated: fault === 'crash' ? 4 : 0,
      runsThatLost: fault === 'crash' && isForgetful ? 16 + architecture.length : 0,
      runsThatDoubled: 0,
      runsThatRepeated: fault === 'crash' ? 4 : 0,
      late: fault === 'provider-down' ? 12 : fault === 'slow-provider' && !isForgetful ? 3 : 0,
      callerBlockedMs: handOver === 'after-commit' && fault === 'slow-provider' ? 30_000 : 0,
    },
  ];
}

const architectures = ['event-sourced', 'api-driven', 'pipeline', 'command-driven'];

const hopsOf = (architecture: string): number => 4 + architecture.length - 8;

const behaviourOf = ([architecture, handOver]: (typeof variants)[number], index: number): Behaviour => ({
  architecture,
  handOver,
  hops: hopsOf(architecture),
  handOverP50Ms: [51.234 + index, 50.1 + index, 53 + index],
  handOverP99Ms: [58.9 + 3 * index, 57 + 3 * index, 71 + index],
  callerP50Ms: handOver === 'after-commit' ? [104.26, 103, 110] : [0.41 + index / 10, 0.4, 0.6],
  callerP99Ms: handOver === 'after-commit' ? [131.5, 120, 140] : [2.31 + index, 2.1, 9],
  deliveriesPerSecond: [38_155 - 3210 * index, 37_000 - 3210 * index, 39_000 - 3210 * index],
});

const sharedServices = [
  { service: 'accounts', rooms: ['bus', 'datastore', 'events', 'kernel'], tables: ['customers', 'events'] },
  { service: 'billing', rooms: ['bus', 'datastore', 'events', 'kernel'], tables: ['payments', 'events'] },
  {
    service: 'ordering',
    rooms: ['bus', 'datastore', 'events', 'kernel'],
    tables: ['orders', 'line_items', 'carts', 'events'],
  },
  { service: 'pricing', rooms: ['bus', 'datastore', 'events', 'kernel'], tables: ['products', 'events'] },
];

const callingServices = sharedServices.map(({ service, rooms, tables }) => ({
  service,
  rooms: [...rooms, 'delivery', 'notifications'],
  tables: service === 'pricing' ? [...tables, 'carts', 'customers', 'preferences'] : tables,
}));

const couplingOf = (architecture: string, differences: Partial<Coupling>): Coupling => ({
  architecture,
  services: sharedServices,
  filesThatKnowTheRules: [`src/${architecture}/notification-service.ts`],
  fanIn: 3,
  fanOut: 14,
  linesOfCode: 311,
  files: 4,
  filesTouched: { event: 3, notificationType: 4, channel: 2, subscriber: 1 },
  ...differences,
});

/** What the command could have found out. The figures are made up. */
export const aComparison: Comparison = {
  architectures,
  machine: 'Node 20.19, 2 cores',
  scenarios: [orderShipped, priceDrop],
  coupling: [
    couplingOf('event-sourced', {}),
    couplingOf('api-driven', {
      services: callingServices,
      filesThatKnowTheRules: ['accounts', 'billing', 'ordering', 'pricing'].map(
        (service) => `src/api-driven/${service}.ts`,
      ),
      linesOfCode: 398,
      files: 9,
      filesTouched: { event: 3, notificationType: 5, channel: 2, subscriber: 4 },
    }),
    couplingOf('pipeline', { linesOfCode: 1345, files: 17 }),
    couplingOf('command-driven', { fanOut: 19, files: 8 }),
  ],
  hops: architectures.map((architecture) => ({ architecture, hops: hopsOf(architecture) })),
  behaviour: variants.map(behaviourOf),
  faults: variants.flatMap((variant) => faults.flatMap((fault) => outcomeOf(variant, fault))),
  learning: variants.map(([architecture, handOver]) => ({
    architecture,
    handOver,
    caller:
      handOver === 'after-commit'
        ? 'in-the-answer'
        : handOver === 'transactional'
          ? 'when-it-asks'
          : 'nothing',
  })),
  retelling: variants.map(([architecture, handOver]) => {
    const told = architecture === 'api-driven' ? 0 : 1;
    return {
      architecture,
      handOver,
      newcomer: { told: 6 * told, of: 6 },
      mended: { told: 4 * told, of: 4 },
    };
  }),
  explanations: [
    { architecture: 'event-sourced', askedStores: ['event log', 'ledger'] },
    { architecture: 'api-driven', askedStores: ['event log', 'ledger', 'pricing'] },
    { architecture: 'pipeline', askedStores: ['event log', 'ledger', 'audit log'] },
    { architecture: 'command-driven', askedStores: ['event log', 'command log', 'ledger'] },
  ],
  divergences: [
    {
      architecture: 'event-sourced',
      id: 'caller-does-not-learn',
      words: 'The caller of a command does not learn whether the customer was told.',
      shownBy: 'test/architectures/the-caller.test.ts',
    },
    {
      architecture: 'api-driven',
      id: 'lost-before-the-call',
      words: 'What was to be told is lost when the process dies between the commit and the call.',
      shownBy: 'test/architectures/crash.test.ts',
    },
    {
      architecture: 'api-driven',
      id: 'caller-waits',
      words: 'The caller waits for the slowest provider of its channels.',
      shownBy: 'test/architectures/the-caller.test.ts',
    },
  ],
};
