import type { Bars, Grid } from '../picture.ts';
import { pictureAsTable } from '../picture-as-table.ts';
import { withUnit } from '../scale.ts';
import { cut, pad, type Terminal } from '../terminal.ts';
import { gap, pictureWidth, widestOf } from './fitting.ts';
import { drawTable } from './table.ts';
import { paintOf } from './tone.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** `ada  ████████▌  17 points`, the longest as long as there is room for. */
export function drawBars({ bars, unit }: Bars, { colors, width: given }: Terminal): string[] {
  const width = pictureWidth(given);
  const names = bars.map(({ name }) => cut(name, Math.floor(width / 3)));
  const figures = bars.map(({ value }) => withUnit(value, unit));
  const [nameWidth, figureWidth] = [widestOf(names), widestOf(figures)];
  const room = Math.max(1, width - nameWidth - figureWidth - 2 * gap);
  const most = bars.reduce((sofar, { value }) => Math.max(sofar, value), 0);
  return bars.map(({ value, tone }, index) => {
    const length = most > 0 ? (Math.max(0, value) / most) * room : 0;
    const shown = '█'.repeat(Math.floor(length)) + (eighths[Math.floor((length % 1) * 8)] ?? '');
    const space = ' '.repeat(gap);
    return `${pad(names[index] ?? '', nameWidth)}${space}${paintOf(tone, colors)(pad(shown, room))}${space}${pad(figures[index] ?? '', figureWidth, 'right')}`;
  });
}

export const drawGrid = (grid: Grid, terminal: Terminal): string[] =>
  drawTable(pictureAsTable(grid), terminal);
