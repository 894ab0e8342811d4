import { expect, test } from 'vitest';
import type { ScenarioComparison } from '../../../src/lab/comparison/comparison.ts';
import { renderScenarioScreen } from '../../../src/lab/comparison/screen.ts';
import { aComparison } from './a-comparison.ts';
import { plain } from './shown.ts';

const [orderShipped, priceDrop] = aComparison.scenarios as [ScenarioComparison, ScenarioComparison];
const [eventSourced, apiDriven] = orderShipped.paths as [
  ScenarioComparison['paths'][0],
  ScenarioComparison['paths'][0],
];
const two: ScenarioComparison = { ...orderShipped, paths: [eventSourced, apiDriven] };

test('at 80 columns the paths stand one below the other, an arrow a line', () => {
  expect(renderScenarioScreen(two, plain(80)).join('\n')).toBe(`order-shipped
  Orders leave the warehouse; one customer has no phone.
  ✓ the same 4 deliveries on all 2 architectures

event-sourced
  2 calls, 2 messages, 1 read, 5 writes and 2 sends
  caller               → ordering              call shipOrder
  ordering             → datastore             write orders
                       → datastore             write events
                       → bus                   message OrderStatusChanged
  bus                  → notification-service  message OrderStatusChanged
  notification-service → delivery              call request
  delivery             → datastore             write deliveries
                       → datastore             read customers
                       → email                 send order-shipped
                       → sms                   send order-shipped
                       → datastore             write decisions ×2

api-driven
  3 calls, 1 read, 5 writes and 2 sends
  caller           → ordering          call shipOrder
  ordering         → datastore         write orders
                   → datastore         write events
                   → notification-api  call notify
  notification-api → delivery          call request
  delivery         → datastore         write deliveries
                   → datastore         read customers
                   → email             send order-shipped
                   → sms               send order-shipped
                   → datastore         write decisions ×2
`);
});

test('at 120 columns they stand side by side', () => {
  const lines = renderScenarioScreen(two, plain(120));

  expect(lines[4]).toBe(`${'event-sourced'.padEnd(62)}api-driven`);
  expect(lines[6]).toBe(`${'  caller'.padEnd(62)}  caller`);
  expect(lines[7]).toBe(`${'    → ordering: call shipOrder'.padEnd(62)}    → ordering: call shipOrder`);
});

test('with room for all of them, the arrows take a line each side by side as well', () => {
  const lines = renderScenarioScreen(two, plain(150));

  expect(lines[6]).toBe(
    `${'  caller               → ordering              call shipOrder'.padEnd(77)}` +
      '  caller           → ordering          call shipOrder',
  );
});

test('side by side begins at 100 columns', () => {
  const besides = (width: number): boolean =>
    renderScenarioScreen(orderShipped, plain(width)).some((line) => /event-sourced +api-driven/.test(line));

  expect([80, 99, 100, 120].map(besides)).toEqual([false, false, true, true]);
});

test('at 50 columns the arrows stand under whom they start from, and long ones go on below', () => {
  const lines = renderScenarioScreen({ ...two, paths: [eventSourced] }, plain(50));

  expect(lines.slice(0, 17).join('\n')).toBe(`order-shipped
  Orders leave the warehouse; one customer has no
  phone.
  ✓ 4 deliveries; there is no other architecture
    to compare with

event-sourced
  2 calls, 2 messages, 1 read, 5 writes and 2
  sends
  caller
    → ordering: call shipOrder
  ordering
    → datastore: write orders
    → datastore: write events
    → bus: message OrderStatusChanged
  bus
    → notification-service: message`);
});

test('arrows that repeat are one, counted, even when they were not counted where they were seen', () => {
  const read = { kind: 'read', from: 'pricing', to: 'datastore', name: 'carts', times: 1 } as const;
  const path = { architecture: 'api-driven', steps: [read, read, { ...read, times: 3 }] };

  const lines = renderScenarioScreen({ ...two, paths: [path] }, plain(80));

  expect(lines.filter((line) => line.includes('→'))).toEqual(['  pricing → datastore  read carts ×5']);
  expect(lines).toContain('  5 reads');
});

test('what the architectures do not agree on is said, line by line', () => {
  const lines = renderScenarioScreen(priceDrop, plain(80));

  expect(lines.slice(2, 4)).toEqual([
    '  ✗ not the same deliveries on all of them',
    '    command-driven: + ben price-drop email: segment_not_eligible',
  ]);
});

test('an architecture that cannot play a scenario says why, and does not count', () => {
  const lines = renderScenarioScreen({ ...priceDrop, differences: [] }, plain(80));

  expect(lines).toContain('  ✓ the same 8 deliveries on the 3 of 4 architectures that can play it');
  expect(lines[lines.indexOf('pipeline') + 1]).toBe('  cannot play it: it has no way to read carts');
});
