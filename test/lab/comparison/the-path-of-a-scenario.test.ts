import { expect, test } from 'vitest';
import { hopsOf, measurePaths } from '../../../src/lab/comparison/measure/paths.ts';
import { findScenario } from '../../../src/lab/scenarios/index.ts';
import type { Scenario } from '../../../src/lab/scenarios/scenario.ts';
import type { PathStep } from '../../../src/report/diagram.ts';
import { type ArchitectureName, architectureNames } from '../../../src/shop/world.ts';

const inShort = ({ kind, from, to, name, times }: PathStep): string =>
  `${from} → ${to}: ${kind} ${name}${times === 1 ? '' : ` ×${times}`}`;

async function pathOf(scenario: string, architecture: ArchitectureName): Promise<string[]> {
  const { paths } = await measurePaths(findScenario(scenario), [architecture]);
  return (paths[0]?.steps ?? []).map(inShort);
}

test('an event travels from the service to its subscriber, and on to the provider', async () => {
  expect(await pathOf('welcome', 'event-sourced')).toEqual([
    'caller → accounts: call registerCustomer',
    'accounts → datastore: read customers',
    'accounts → datastore: write customers',
    'accounts → datastore: write event log',
    'accounts → notification-service: message CustomerRegistered',
    'notification-service → delivery: call request',
    'delivery → datastore: read customers',
    'delivery → datastore: write ledger',
    'delivery → email: send welcome',
    'delivery → datastore: write ledger',
    'delivery → datastore: read ledger',
  ]);
});

test('a service that calls the notifier is seen to call it', async () => {
  const path = await pathOf('welcome', 'api-driven');

  expect(path.slice(4, 6)).toEqual([
    'accounts → notification-api: call notify',
    'notification-api → delivery: call deliver',
  ]);
  expect(path).toContain('delivery → email: send welcome');
});

test('what nobody wants to hear ends at the bus', async () => {
  expect(await pathOf('welcome', 'command-driven')).toContain(
    'command-driven.send → bus: message NotificationSent',
  );
});

test('what was put off is sent by whoever put it off, not by the clock', async () => {
  const path = await pathOf('quiet-hours', 'event-sourced');

  expect(path.filter((step) => step.includes(': send '))).toEqual([
    'delivery → email: send order-shipped',
    'delivery → sms: send order-shipped',
  ]);
});

test('a message that no service has published comes from outside', async () => {
  expect(await pathOf('late-news', 'event-sourced')).toContain(
    'caller → notification-service: message PriceChanged',
  );
});

test('where nothing flows on a bus, it says why the scenario cannot be played', async () => {
  const { paths, deliveries, differences } = await measurePaths(findScenario('late-news'), [
    'event-sourced',
    'api-driven',
  ]);

  expect(paths[1]).toEqual({
    architecture: 'api-driven',
    steps: [],
    unplayable: 'a call is made when it happens, and cannot come a day late',
  });
  expect(deliveries).toBe(8);
  expect(differences).toEqual([]);
});

test('the same scenario has the same path again', async () => {
  const scenario = findScenario('price-drop');

  expect(await measurePaths(scenario, architectureNames)).toEqual(
    await measurePaths(scenario, architectureNames),
  );
});

test('an architecture that comes to other deliveries is found out', async () => {
  const { steps, ...opening } = findScenario('welcome');
  // Without a bus the event of the second step is not played.
  const unfair: Scenario = { ...opening, steps: [...steps, ...findScenario('late-news').steps] };

  const { differences } = await measurePaths(unfair, ['api-driven', 'event-sourced']);

  expect(differences).toHaveLength(8);
  expect(differences[0]).toBe('event-sourced: + ada price-drop email: expired');
});

test('every message and call to the provider is a hop', async () => {
  const hops: Record<string, number> = {};
  for (const architecture of ['event-sourced', 'api-driven', 'command-driven'] as const)
    hops[architecture] = await hopsOf(findScenario('welcome'), architecture);

  // shipOrder, what leads to delivery, delivery, the provider.
  expect(hops).toEqual({ 'event-sourced': 4, 'api-driven': 4, 'command-driven': 6 });
});
