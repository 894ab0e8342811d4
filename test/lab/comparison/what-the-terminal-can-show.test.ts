import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { renderScenarioScreen, renderSummaryScreen } from '../../../src/lab/comparison/screen.ts';
import { type Terminal, terminalOf } from '../../../src/report/terminal.ts';
import { aComparison } from './a-comparison.ts';
import { plain, withHostileTexts } from './shown.ts';

const everything = (terminal: Terminal, comparison = aComparison): string[] => [
  ...comparison.scenarios.flatMap((scenario) => renderScenarioScreen(scenario, terminal)),
  ...renderSummaryScreen(comparison, terminal),
];

test.each([50, 64, 80, 99, 100, 120, 160, 220])('no line is longer than %i columns', (width) => {
  expect(everything(plain(width)).filter((line) => line.length > width)).toEqual([]);
});

test.each([50, 80, 120])('colours change nothing of what stands where, at %i columns', (width) => {
  const colored = everything({ width, colors: pc.createColors(true) });

  expect(colored.map(stripVTControlCharacters).map((line) => line.trimEnd())).toEqual(
    everything(plain(width)),
  );
});

test('a pipe gets no colours', () => {
  const piped = everything(terminalOf({ isTTY: false }));

  expect(piped.join('')).not.toContain('\u001b');
});

test('a wide terminal is used as far as its owner allows', () => {
  const stream = { columns: 240 };

  expect(terminalOf(stream).width).toBe(100);
  expect(terminalOf(stream, 200).width).toBe(200);
});

test.each([undefined, 0])('of a width of %s, 80 is assumed', (columns) => {
  expect(terminalOf({ isTTY: true, ...(columns !== undefined && { columns }) }).width).toBe(80);
});

test('names that are too long are cut, and break nothing', () => {
  const long = withHostileTexts(aComparison, `-${'long'.repeat(20)}`);

  const [scenario] = long.scenarios;
  if (scenario === undefined) throw new Error('there is no scenario');
  const lines = renderScenarioScreen(scenario, plain(50));

  expect(lines.filter((line) => line.length > 50)).toEqual([]);
});
