import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runScenario } from '../../../src/lab/scenarios/index.ts';
import { architectureNames } from '../../../src/shop/index.ts';

/** So many messages flow on the bus, architecture by architecture; the first is the event. */
async function messagesOf(scenario: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const architecture of architectureNames) {
    const { timeline } = await runScenario(scenario, { architecture });
    counts.set(architecture, timeline.filter(({ kind }) => kind === 'event').length);
  }
  return counts;
}

const readme = (architecture: string): string =>
  readFileSync(`src/${architecture}/README.md`, 'utf8').replace(/\s+/g, ' ');

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
];

test('the architecture that says it has the most messages has them', async () => {
  const messages = await messagesOf('order-confirmed');
  const most = [...messages].sort(([, one], [, other]) => other - one).map(([name]) => name);

  const claiming = architectureNames.filter((name) => readme(name).includes('Most messages of all'));
  expect(claiming).toEqual([most[0]]);
  expect(readme('command-driven')).toContain(`Only the ${most[0]} has more`);
  expect(most[1]).toBe('command-driven');
  expect(readme('command-driven')).toContain('event-sourced does the same with fewer messages');
  expect(messages.get('event-sourced')).toBeLessThan(messages.get('command-driven') ?? 0);
});

test('as many messages are said to be sent as are', async () => {
  const messages = await messagesOf('order-confirmed');
  const said = (name: string, pattern: RegExp): string => pattern.exec(readme(name))?.[1] ?? '';
  const counted = (name: string): string | undefined => numbers[(messages.get(name) ?? 0) - 1];

  expect(said('command-driven', /: (\w+) for a notification on two channels, beside the event/)).toBe(
    counted('command-driven'),
  );
  expect(said('pipeline', /of all: (\w+) for a notification on two channels, beside the event/)).toBe(
    counted('pipeline'),
  );
});
