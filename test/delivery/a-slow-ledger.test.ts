import { expect, it } from 'vitest';
import type { Ledger } from '../../src/datastore/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';
import { until } from '../support/until.ts';

/** A datastore whose ledger takes its time for one thing, which is counted by how much was given at once. */
function slow(method: 'open' | 'record') {
  const given: number[] = [];
  const answers: (() => void)[] = [];
  const alter = (ledger: Ledger): Ledger => ({
    ...ledger,
    async [method](...args: never[]) {
      given.push((args as unknown as [readonly unknown[]])[0].length);
      await new Promise<void>((resolve) => answers.push(resolve));
      return (ledger[method] as (...asked: never[]) => unknown)(...args);
    },
  });
  return { given, answers, alter };
}

const customers = Array.from({ length: 12 }, (_, index) => aCustomer({ id: `customer-${index}` }));

it.each(['open', 'record'] as const)(
  'what comes up while the ledger is busy with %s is one more transaction, and not one each',
  async (method) => {
    const { given, answers, alter } = slow(method);
    const office = await openPostOffice({
      customers,
      alterDatastore: (datastore) => ({ ...datastore, ledger: alter(datastore.ledger) }),
    });
    const [first, ...others] = customers.map(({ id }) => aRequest({ customerId: id }));
    const requests = [office.delivery.request(first as ReturnType<typeof aRequest>)];
    await until(() => given.length === 1);
    for (const request of others) {
      requests.push(office.delivery.request(request));
      // Each comes in a turn of its own.
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    }
    expect(given).toHaveLength(1);

    answers.shift()?.();
    await until(() => given.length === 2);
    answers.shift()?.();
    await Promise.all(requests);
    await office.finish();

    const eachOf = method === 'open' ? 1 : 2;
    expect(given).toEqual([eachOf, 11 * eachOf]);
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 24, pending: 0 });
  },
);
