import { defineConfig } from 'vitest/config';

/** What replaces a module, asks which are loaded, or measures memory, shares its process with no other file. */
const alone = ['test/delivery/smtp-not-opened.test.ts', 'test/lab/scenarios/exit-code.test.ts'];

/** What starts, kills or measures processes by the dozen, waits, or tries by the hundred: `npm run test:long`, and no part of `npm test`. */
const long = [
  'test/architectures/a-generated-history.test.ts',
  'test/architectures/divergences/the-list.test.ts',
  'test/architectures/hasty-callers.test.ts',
  'test/boundaries/boundaries.test.ts',
  'test/boundaries/unused.test.ts',
  'test/bus/a-busy-in-memory-bus.test.ts',
  'test/bus/durable/any-history.test.ts',
  'test/bus/durable/slow-messages.test.ts',
  'test/bus/memory-of-the-in-memory-bus.test.ts',
  'test/change-sets/a-new-event.test.ts',
  'test/change-sets/change-sets.test.ts',
  'test/demo/flags-that-npm-keeps.test.ts',
  'test/demo/kept-files/a-file-that-is-read.test.ts',
  'test/demo/trouble/a-full-disk.test.ts',
  'test/event-sourced/any-order-of-events.test.ts',
  'test/examples/examples-run.test.ts',
  'test/flows/etl/a-hundred-thousand-rows.test.ts',
  'test/flows/etl/a-process-that-dies-at-any-step.test.ts',
  'test/flows/etl/a-process-that-dies.test.ts',
  'test/flows/etl/any-records.test.ts',
  'test/flows/iot/a-process-that-dies-at-any-step.test.ts',
  'test/flows/iot/a-hundred-thousand-rows.test.ts',
  'test/flows/iot/a-process-that-dies.test.ts',
  'test/flows/iot/any-readings.test.ts',
  'test/flows/notification-requests/a-hundred-thousand-rows.test.ts',
  'test/flows/notification-requests/command-line.test.ts',
  'test/flows/order-saga/a-process-that-dies-at-any-step.test.ts',
  'test/flows/order-saga/a-process-that-dies.test.ts',
  'test/flows/order-saga/any-orders.test.ts',
  'test/flows/trading/a-hundred-thousand-rows.test.ts',
  'test/flows/trading/a-process-that-dies-at-any-step.test.ts',
  'test/flows/trading/a-process-that-dies.test.ts',
  'test/flows/trading/any-orders.test.ts',
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
  'test/lab/replay/command-line.test.ts',
  'test/lab/replay/real-signals.test.ts',
  'test/lab/scenarios/command-line.test.ts',
  'test/lab/scenarios/crash/crash-and-recover.test.ts',
  'test/lab/scenarios/crash/the-shops-process.test.ts',
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
  'test/proofs/planted-bugs.test.ts',
  'test/scripts/check-readme.test.ts',
  'test/scripts/examples-of-doors.test.ts',
  'test/scripts/readme-code-blocks.test.ts',
  'test/scripts/readme-comparison.test.ts',
  'test/shop/real-providers/mail-over-smtp.test.ts',
  'test/shop/real-providers/settings.test.ts',
];

const tests = ['test/**/*.test.ts'];
const fixtures = ['test/boundaries/fixtures/**'];

export default defineConfig({
  test: {
    // By default one core is left to whoever watches: of two, half.
    maxWorkers: '100%',
    testTimeout: 60_000,
    setupFiles: ['test/support/every-test-asserts.ts'],
    projects: [
      // Loading the modules anew for each of two hundred files takes longer than most tests (ADR 0019).
      {
        extends: true,
        test: { name: 'shared', include: tests, exclude: [...fixtures, ...alone, ...long], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});
