import type { Lane, Timeline } from '../picture.ts';
import { periodOf, type Range, shareOf, timeIn } from '../scale.ts';
import { cut, pad, type Terminal } from '../terminal.ts';
import type { Tone } from '../tone.ts';
import { gap, pictureWidth, widestOf } from './fitting.ts';
import { paintOf } from './tone.ts';

interface Sign {
  readonly sign: string;
  readonly tone?: Tone | undefined;
}

/** `o4  ──━━━━━●──  payment_unknown`: what lasts is drawn thick, what happens at a moment is a dot; what it was stands behind it. */
export function drawTimeline(timeline: Timeline, { colors, width: given }: Terminal): string[] {
  const width = pictureWidth(given);
  const { lanes } = timeline;
  const period = periodOf(timeline);
  const names = lanes.map(({ name }) => cut(name, Math.floor(width / 4)));
  const nameWidth = widestOf(names);
  const words = lanes.map((lane) => cut(wordsOf(lane), Math.floor(width / 3)));
  const room = Math.max(10, width - nameWidth - widestOf(words) - 2 * gap);
  const space = ' '.repeat(gap);
  const from = timeIn(period.from, period);
  return [
    ...lanes.map((lane, index) => {
      const signs = signsOf(lane, period, room).map(({ sign, tone }) => paintOf(tone, colors)(sign));
      return `${pad(names[index] ?? '', nameWidth)}${space}${signs.join('')}${space}${words[index]}`.trimEnd();
    }),
    colors.dim(
      `${' '.repeat(nameWidth + gap)}${pad(from, Math.max(from.length + gap, room - timeIn(period.to, period).length))}${timeIn(period.to, period)}`,
    ),
  ];
}

/** In the order in which they end. */
const wordsOf = ({ spans, moments = [] }: Lane): string =>
  [
    ...spans.map(({ toMs, words }) => ({ atMs: toMs, words })),
    ...moments.map(({ atMs, words }) => ({ atMs, words })),
  ]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ words }) => words)
    .filter((words) => words !== '')
    .join(', ');

function signsOf({ spans, moments = [] }: Lane, period: Range, room: number): readonly Sign[] {
  const signs: Sign[] = Array.from({ length: room }, () => ({ sign: '─', tone: 'muted' }));
  const placeOf = (atMs: number): number => Math.min(room - 1, Math.floor(shareOf(atMs, period) * room));
  for (const { fromMs, toMs, tone } of spans)
    for (let place = placeOf(fromMs); place <= placeOf(toMs); place++) signs[place] = { sign: '━', tone };
  for (const { atMs, tone } of moments) signs[placeOf(atMs)] = { sign: '●', tone };
  return signs;
}
