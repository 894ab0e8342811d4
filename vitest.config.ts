import { defineConfig } from 'vitest/config';

/** What replaces a module, asks which are loaded, or measures memory, shares its process with no other file. */
const alone = ['test/delivery/smtp-not-opened.test.ts', 'test/lab/scenarios/exit-code.test.ts'];

/** What starts, kills or measures processes by the dozen, waits, or tries by the hundred: `npm run test:long`, and no part of `npm test`. */
const long = [
  'test/pipeline/a-price-that-drops.test.ts',
  'test/demo/flow/typing.test.ts',
  'test/architectures/a-generated-history.test.ts',
  'test/architectures/divergences/the-list.test.ts',
  'test/architectures/hasty-callers.test.ts',
  'test/boundaries/boundaries.test.ts',
  'test/boundaries/unused.test.ts',
  'test/bus/a-busy-in-memory-bus.test.ts',
  'test/bus/durable/any-history.test.ts',
  'test/bus/durable/slow-messages.test.ts',
  'test/bus/memory-of-the-in-memory-bus.test.ts',
  'test/change-sets/change-sets.test.ts',
  'test/demo/flags-that-npm-keeps.test.ts',
  'test/demo/kept-files/a-file-that-is-read.test.ts',
  'test/demo/trouble/a-full-disk.test.ts',
  'test/event-sourced/any-order-of-events.test.ts',
  'test/examples/examples-run.test.ts',
  'test/flows/authentication/a-hundred-thousand-rows.test.ts',
  'test/flows/authentication/a-process-that-dies.test.ts',
  'test/flows/authentication/any-attempts.test.ts',
  'test/flows/a-process-that-is-killed.test.ts',
  'test/flows/etl/a-hundred-thousand-rows.test.ts',
  'test/flows/etl/a-process-that-dies.test.ts',
  'test/flows/etl/any-records.test.ts',
  'test/flows/game/a-hundred-thousand-rows.test.ts',
  'test/flows/game/a-process-that-dies.test.ts',
  'test/flows/game/any-game.test.ts',
  'test/flows/healthcare/a-hundred-thousand-rows.test.ts',
  'test/flows/healthcare/a-process-that-dies.test.ts',
  'test/flows/healthcare/any-requests.test.ts',
  'test/flows/iot/a-hundred-thousand-rows.test.ts',
  'test/flows/iot/a-process-that-dies.test.ts',
  'test/flows/iot/any-readings.test.ts',
  'test/flows/manufacturing/a-hundred-thousand-rows.test.ts',
  'test/flows/manufacturing/a-process-that-dies.test.ts',
  'test/flows/manufacturing/any-line.test.ts',
  'test/flows/moderation/a-hundred-thousand-rows.test.ts',
  'test/flows/moderation/a-process-that-dies.test.ts',
  'test/flows/moderation/any-conduct.test.ts',
  'test/flows/learning/a-hundred-thousand-rows.test.ts',
  'test/flows/learning/a-process-that-dies.test.ts',
  'test/flows/learning/any-steps.test.ts',
  'test/flows/notification-requests/a-hundred-thousand-rows.test.ts',
  'test/flows/notification-requests/command-line.test.ts',
  'test/flows/order-saga/a-process-that-dies.test.ts',
  'test/flows/order-saga/any-orders.test.ts',
  'test/flows/trading/a-hundred-thousand-rows.test.ts',
  'test/flows/trading/a-process-that-dies.test.ts',
  'test/flows/trading/any-orders.test.ts',
  'test/flows/what-a-death-leaves.test.ts',
  'test/http/any-request.test.ts',
  'test/http/fifty-readers.test.ts',
  'test/http/pages/hostile-texts.test.ts',
  'test/http/ten-thousand-requests.test.ts',
  'test/http/the-events-document.test.ts',
  'test/http/the-page-about-it.test.ts',
  'test/lab/comparison/a-day-with-a-fault.test.ts',
  'test/lab/comparison/coupling/lines-of-code.test.ts',
  'test/lab/comparison/coupling/measured.test.ts',
  'test/lab/comparison/coupling/the-import-graph.test.ts',
  'test/lab/comparison/killed-at-random-times.test.ts',
  'test/lab/comparison/one-of-two-stands-still.test.ts',
  'test/lab/replay/command-line.test.ts',
  'test/lab/replay/real-signals.test.ts',
  'test/lab/scenarios/command-line.test.ts',
  'test/lab/scenarios/crash/crash-and-recover.test.ts',
  'test/lab/live/a-run-as-a-link.test.ts',
  'test/lab/live/breaking-them.test.ts',
  'test/lab/shop-process/the-shops-process.test.ts',
  'test/lab/scenarios/each-step.test.ts',
  'test/lab/scenarios/hints.test.ts',
  'test/lab/scenarios/stopped-by-a-signal.test.ts',
  'test/notifications/quiet-hours-everywhere.test.ts',
  'test/notifications/receipt/orders-of-any-size-and-script.test.ts',
  'test/operations/projections/the-shop-from-its-log.test.ts',
  'test/operations/status/command-line.test.ts',
  'test/package/a-project-of-ones-own.test.ts',
  'test/proofs/crash-at-every-operation.test.ts',
  'test/proofs/crash-in-every-architecture.test.ts',
  'test/proofs/crash-on-a-file.test.ts',
  'test/proofs/fault-schedules-elsewhere.test.ts',
  'test/proofs/kill-nine.test.ts',
  'test/proofs/more-fault-schedules.test.ts',
  'test/proofs/more-schedules-of-two-workers.test.ts',
  'test/proofs/planted-bugs.test.ts',
  'test/scripts/check-readme.test.ts',
  'test/scripts/examples-of-doors.test.ts',
  'test/scripts/readme-code-blocks.test.ts',
  'test/scripts/readme-comparison.test.ts',
  'test/shop/real-providers/mail-over-smtp.test.ts',
  'test/shop/real-providers/settings.test.ts',
];

/** What measures memory, or how long others are held up: a process of its own each. */
const measuring =
  /\/(a-hundred-thousand-rows|a-busy-in-memory-bus|fifty-readers|memory-of-.*|ten-thousand-requests)\.test\.ts$/;
const longAlone = long.filter((file) => measuring.test(file));
const longShared = long.filter((file) => !measuring.test(file));

/** What holds of any engine. On SQLite it is part of `npm test`, on PostgreSQL of `npm run test:distributed`. */
const anyEngine = [
  'test/architectures/customers/an-erased-customer.test.ts',
  'test/bus/durable/contract.test.ts',
  'test/bus/durable/crashes.test.ts',
  'test/bus/durable/dead-letters.test.ts',
  'test/bus/durable/few-questions.test.ts',
  'test/bus/durable/replay.test.ts',
  'test/datastore/carts-at-an-event.test.ts',
  'test/datastore/carts-with-a-product.test.ts',
  'test/datastore/consumption.test.ts',
  'test/datastore/customers-in-segments.test.ts',
  'test/datastore/dead-letters.test.ts',
  'test/datastore/ends-of-deliveries.test.ts',
  'test/datastore/leases.test.ts',
  'test/datastore/one-mailbox-many-spellings.test.ts',
  'test/datastore/opening-ledger-entries.test.ts',
  'test/datastore/reading-the-ledger.test.ts',
  'test/datastore/receipts.test.ts',
  'test/datastore/shipment-progress.test.ts',
  'test/datastore/statistics.test.ts',
  'test/datastore/the-event-log.test.ts',
  'test/datastore/the-shops-stores.test.ts',
  'test/datastore/transactions.test.ts',
  'test/datastore/waiting-deliveries.test.ts',
  'test/datastore/what-waits.test.ts',
  'test/datastore/where-a-shop-stopped.test.ts',
];

const tests = ['test/**/*.test.ts'];
const fixtures = ['test/boundaries/fixtures/**'];
const distributed = ['test/distributed/**/*.test.ts'];
/** Several processes each, held to moments of real time: one file after the other, and beside no other test. */
const accidents = [
  'test/distributed/accidents.test.ts',
  'test/distributed/partitions.test.ts',
  'test/distributed/random-kills.test.ts',
  'test/distributed/rolling-deploy.test.ts',
];

/** What a program starts by itself in a process of its own is built too. */
const startsWhatIsBuilt = [
  { find: './node-arguments.ts', replacement: `${import.meta.dirname}/test/support/built-programs.ts` },
];

export default defineConfig({
  test: {
    // By default one core is left to whoever watches: of two, half.
    maxWorkers: '100%',
    testTimeout: 60_000,
    setupFiles: ['test/support/every-test-asserts.ts', 'test/support/nothing-follows-promises.ts'],
    projects: [
      // Loading the modules anew for each of two hundred files takes longer than most tests (ADR 0019).
      {
        extends: true,
        test: {
          name: 'shared',
          include: tests,
          exclude: [...fixtures, ...alone, ...long, ...distributed],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        resolve: { alias: startsWhatIsBuilt },
        test: {
          name: 'long',
          include: longShared,
          globalSetup: 'test/support/build-once.ts',
          isolate: false,
        },
      },
      { extends: true, test: { name: 'long-alone', include: longAlone } },
      {
        extends: true,
        test: {
          name: 'distributed',
          include: [...anyEngine, ...distributed],
          exclude: accidents,
          globalSetup: [
            'test/support/build-once.ts',
            'test/distributed/a-server.ts',
            'test/distributed/a-redis.ts',
          ],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'accidents',
          include: accidents,
          globalSetup: ['test/support/build-once.ts', 'test/distributed/a-server.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
