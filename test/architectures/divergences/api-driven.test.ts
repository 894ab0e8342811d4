import { expect, test } from 'vitest';
import { measurePaths } from '../../../src/lab/comparison/measure/paths.ts';
import { reachedByServices } from '../../../src/lab/comparison/measure/reached.ts';
import { findScenario } from '../../../src/lab/scenarios/index.ts';
import { execute } from '../../../src/services/index.ts';
import { type ArchitectureName, architectureNames } from '../../../src/shop/world.ts';
import { noInterceptors } from './no-interceptors.ts';
import { openTwoProcesses, shipOrder, toldBy } from './two-processes.ts';

const architecture = 'api-driven';

test('lost-between-commit-and-call: the order has shipped, and nobody is ever told', async () => {
  const processes = await openTwoProcesses({ architecture }, (crashPoint) => ({
    ...noInterceptors,
    part(name, part) {
      if (name !== 'notification-api') return part;
      const dies = async (): Promise<never> => {
        crashPoint.die();
        return new Promise(() => {});
      };
      return { ...part, notify: dies };
    },
  }));

  void execute(processes.world.architecture.services, shipOrder).catch(() => {});
  await processes.crashPoint.died;

  expect(await toldBy(await processes.startNext())).toEqual({ status: 'shipped', sent: 0 });
});

/** How long the caller of one command waits when the mail provider takes 20 s. */
async function callerWaitsMs(name: ArchitectureName): Promise<number> {
  const { world } = await openTwoProcesses({ architecture: name });
  const email = world.providers.get('email');
  if (email !== undefined) email.faults = { latencyMs: 20_000 };
  const givenMs = world.clock.now();
  await world.during(execute(world.architecture.services, shipOrder));
  const waitedMs = world.clock.now() - givenMs;
  await world.finish();
  await world.close();
  return waitedMs;
}

test('caller-waits-for-provider: the caller of a command waits as long as the slowest provider takes', async () => {
  const waits: Record<string, number> = {};
  for (const name of architectureNames) waits[name] = await callerWaitsMs(name);

  expect(waits).toEqual({ 'event-sourced': 0, 'api-driven': 20_000, pipeline: 0, 'command-driven': 0 });
});

/** What each service calls, reads and writes, in scenarios in which every one of them tells somebody something. */
async function reachedIn(name: ArchitectureName) {
  const names = ['welcome', 'order-shipped', 'price-drop', 'payment-failed', 'promotion', 'customer-moves'];
  const compared = await Promise.all(names.map((each) => measurePaths(findScenario(each), [name])));
  const services = reachedByServices(compared).get(name) ?? new Map<string, ReadonlySet<string>>();
  return new Map([...services].map(([service, what]) => [service, [...what].sort()]));
}

test('services-call-the-notifier: every service reaches it here, and none does on a bus', async () => {
  const here = await reachedIn('api-driven');
  const onABus = await reachedIn('event-sourced');

  expect([...here.keys()].sort()).toEqual(['accounts', 'billing', 'ordering', 'pricing', 'promotions']);
  for (const what of here.values()) expect(what).toContain('notification-api');
  for (const what of onABus.values()) expect(what).not.toContain('notification-api');
});

test('pricing-reads-carts: and customers, to find out whom to tell of a lower price', async () => {
  const here = await reachedIn('api-driven');
  const onABus = await reachedIn('event-sourced');

  expect(here.get('pricing')).toEqual(['carts', 'customers', 'event log', 'notification-api', 'products']);
  expect(onABus.get('pricing')).toEqual(['event log', 'products']);
});

test('promotions-reads-customers: to find out whom to tell of one', async () => {
  const here = await reachedIn('api-driven');
  const onABus = await reachedIn('event-sourced');

  expect(here.get('promotions')).toContain('customers');
  expect(onABus.get('promotions')).not.toContain('customers');
});

test('billing-reads-products: to say on a receipt what was paid for', async () => {
  const here = await reachedIn('api-driven');
  const onABus = await reachedIn('event-sourced');

  expect(here.get('billing')).toContain('products');
  expect(onABus.get('billing')).not.toContain('products');
});
