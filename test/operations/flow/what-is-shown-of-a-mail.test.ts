import { expect, test } from 'vitest';
import { runScenario } from '../../../src/lab/scenarios/index.ts';
import { renderEntries } from '../../../src/operations/flow/index.ts';
import { plain } from '../../lab/comparison/shown.ts';

const timelineOf = async (scenario: string) => (await runScenario(scenario)).timeline;

test('the greeting, what a mail is about and what it says of it, and a mark where more follows', async () => {
  const shown = renderEntries(await timelineOf('order-confirmed'), plain(80)).join('\n');

  expect(shown).toContain('│ Hello Hana Sato,');
  expect(shown).toContain('│ 1 x Summit Helmet\n           │ 2 x Trail Gloves\n           │ …\n');
  expect(shown).not.toContain('Total:');
});

test('asked for in full, a mail is shown to its end, and nothing is marked', async () => {
  const shown = renderEntries(await timelineOf('order-confirmed'), plain(80), { isFull: true }).join('\n');

  expect(shown).toContain('Total: ');
  expect(shown).not.toContain('│ …');
});

test('no mail ends in the middle of a sentence without a mark, in German either', async () => {
  const lines = renderEntries(await timelineOf('price-drop'), plain(80));
  const lastOfMails = lines.filter((line, index) => line.includes('│') && !lines[index + 1]?.includes('│'));

  expect(lastOfMails.length).toBeGreaterThan(2);
  for (const line of lastOfMails) expect(line).toMatch(/(…|[.!:]|https?:\S+)$/);
});

test('what is attached stands below a mail, by its name and its size', async () => {
  const shown = renderEntries(await timelineOf('opted-out'), plain(80)).join('\n');

  expect(shown).toMatch(/│ …\n {11}attached receipt-ord-1005\.pdf \d\.\d kB\n {9}✓ erin {2}sms/);
});
