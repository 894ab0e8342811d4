import type { Lines, Plotted } from '../picture.ts';
import { type Range, rangeOf, shareOf, withUnit } from '../scale.ts';
import { cut, pad, type Terminal, wrap } from '../terminal.ts';
import { gap, pictureWidth, widestOf } from './fitting.ts';
import { paintOf } from './tone.ts';

const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A line as one of signs, `▁▁▂█▂▁`, all on one scale; what stands out is pointed at, and the limits are named. */
export function drawLines(picture: Lines, { colors, width: given }: Terminal): string[] {
  const width = pictureWidth(given);
  const { lines, limits = [], unit, ends } = picture;
  const names = lines.map(({ name }) => cut(name, Math.floor(width / 3)));
  const figures = lines.map(({ values }) => spreadOf(values, unit));
  const nameWidth = widestOf(names);
  const room = Math.max(8, width - nameWidth - widestOf(figures) - 2 * gap);
  const range = rangeOf(picture);
  const longest = lines.reduce((most, { values }) => Math.max(most, values.length), 0);
  const start = ' '.repeat(nameWidth + gap);
  const limitsInWords = limits.map(({ name, value }) => `${name} ${withUnit(value, unit)}`).join(', ');
  return [
    ...lines.flatMap((line, index) => [
      `${pad(names[index] ?? '', nameWidth)}${' '.repeat(gap)}${pad(signsOf(line, range, room), Math.min(room, longest))}${' '.repeat(gap)}${figures[index]}`,
      ...pointersOf(line, room).map((pointers) => start + paintOf('bad', colors)(pointers)),
    ]),
    ...(ends === undefined ? [] : [colors.dim(start + ends.join(' – '))]),
    ...(limits.length === 0
      ? []
      : wrap(limitsInWords, width - start.length).map((text) => colors.dim(start + text))),
  ];
}

/** The newest of them that there is room for. */
const shown = <T>(values: readonly T[], room: number): readonly T[] => values.slice(-room);

const signsOf = ({ values }: Plotted, range: Range, room: number): string =>
  shown(values, room)
    .map((value) =>
      value === null
        ? ' '
        : steps[range.to > range.from ? Math.min(7, Math.floor(shareOf(value, range) * 8)) : 0],
    )
    .join('');

function pointersOf({ values, marks = [] }: Plotted, room: number): string[] {
  const marked = new Set(marks.map(({ index }) => index));
  const pointers = shown(
    values.map((_, index) => (marked.has(index) ? '^' : ' ')),
    room,
  );
  return pointers.includes('^') ? [pointers.join('').trimEnd()] : [];
}

/** `21.1–45 °C` */
function spreadOf(values: readonly (number | null)[], unit?: string): string {
  const known = values.filter((value) => value !== null);
  const [first = 0] = known;
  const [least, most] = known.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const,
    [first, first] as const,
  );
  if (known.length === 0) return '–';
  return least === most ? withUnit(least, unit) : `${withUnit(least)}–${withUnit(most, unit)}`;
}
