import { describe, test } from 'vitest';
import type { BusHarness, BusRows } from '../support/bus.ts';
import { capabilityRows } from './rows/capabilities.ts';
import { closingRows } from './rows/closing.ts';
import { deliveryRows } from './rows/delivery.ts';
import { emissionRows } from './rows/emissions.ts';
import { failureRows } from './rows/failures.ts';
import { givenUpRows } from './rows/given-up.ts';
import { immutabilityRows } from './rows/immutability.ts';
import { keepingRows } from './rows/keeping.ts';
import { orderingRows } from './rows/ordering.ts';
import { retryRows } from './rows/retries.ts';
import { subscriptionRows } from './rows/subscriptions.ts';
import { timerRows } from './rows/timers.ts';
import { validationRows } from './rows/validation.ts';
import { workerRows } from './rows/workers.ts';

/** What every bus promises; each row is a function, so that a test can show what it catches. */
export const contractRows: BusRows = {
  ...deliveryRows,
  ...subscriptionRows,
  ...orderingRows,
  ...failureRows,
  ...emissionRows,
  ...immutabilityRows,
  ...validationRows,
  ...closingRows,
  ...capabilityRows,
  ...retryRows,
  ...givenUpRows,
  ...keepingRows,
  ...timerRows,
  ...workerRows,
};

/**
 * Holds an implementation to the contract, each guarantee on a harness of its own. What the bus says that
 * it cannot do is held against it too: it must be absent.
 */
export function describeBusContract(name: string, createHarness: () => Promise<BusHarness>): void {
  describe(`${name} keeps the contract of a bus:`, () => {
    test.each(Object.entries(contractRows))('%s', async (_title, row) => row(await createHarness()));
  });
}
