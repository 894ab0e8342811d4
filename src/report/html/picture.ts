import type { Bars, Lines, Picture, Plotted, Timeline } from '../picture.ts';
import { pictureAsTable } from '../picture-as-table.ts';
import { periodOf, type Range, rangeOf, shareOf, timeIn, withUnit } from '../scale.ts';
import { type Html, html, nothing } from './html.ts';
import { htmlTable } from './table.ts';

/** A picture with the same in figures and words below it; of a grid that is all. */
export function pictureOf(picture: Picture): Html {
  const table = pictureAsTable(picture);
  if (picture.kind === 'grid') return htmlTable({ ...table, of: 'verdicts' });
  return html`<figure class="picture">
<div class="${picture.kind}" role="img" aria-label="${picture.caption}">
${drawingOf(picture)}</div>
<details><summary>In figures</summary>
${htmlTable(table)}</details>
</figure>
`;
}

function drawingOf(picture: Exclude<Picture, { kind: 'grid' }>): readonly Html[] {
  switch (picture.kind) {
    case 'bars':
      return barsOf(picture);
    case 'lines':
      return linesOf(picture);
    case 'timeline':
      return timelineOf(picture);
  }
}

/** One entry: its name, what is drawn, and what is said of it. */
const entryOf = (name: string, drawn: Html, words: string): Html =>
  html`<div class="entry"><span>${name}</span>${drawn}<span>${words}</span></div>\n`;

const percent = (share: number): number => Math.round(share * 10_000) / 100;

function barsOf({ bars, unit }: Bars): readonly Html[] {
  const most = bars.reduce((sofar, { value }) => Math.max(sofar, value), 0);
  return bars.map(({ name, value, tone }) =>
    entryOf(
      name,
      html`<span class="drawn"><i class="ink ${tone ?? ''}" style="width:${percent(most > 0 ? Math.max(0, value) / most : 0)}%"></i></span>`,
      withUnit(value, unit),
    ),
  );
}

/** Of few lines each is high. */
const fewLines = 2;

function linesOf(picture: Lines): readonly Html[] {
  const { lines, limits = [], unit, ends } = picture;
  const range = rangeOf(picture);
  const size = lines.length <= fewLines ? 'high' : '';
  const longest = lines.reduce((most, { values }) => Math.max(most, values.length), 0);
  const drawn = lines.map((line) => {
    const points = pointsOf(line, range, longest);
    const known = points.filter((point) => point !== null);
    const last = line.values.findLast((value) => value !== null) ?? null;
    return entryOf(
      line.name,
      html`<svg class="drawn ${size}" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
${limits.map(({ value, tone }) => html`<path class="limit ${tone ?? ''}" d="M0 ${yOf(value, range)}H100"/>`)}<path class="plotted" d="${pathOf(points)}"/>
${known.length === 1 ? dot(known[0], '') : nothing}${(line.marks ?? []).map(({ index, tone }) => dot(points[index], tone ?? 'bad'))}</svg>`,
      last === null ? '–' : withUnit(last, unit),
    );
  });
  const under = [
    ...(ends === undefined ? [] : [ends.join(' – ')]),
    ...limits.map(({ name, value }) => `${name} ${withUnit(value, unit)}`),
  ];
  return [...drawn, ...(under.length === 0 ? [] : [html`<p class="under">${under.join(' · ')}</p>\n`])];
}

type Place = readonly [x: number, y: number];

/** With a margin, so that what lies at the edge is seen whole. */
const yOf = (value: number, range: Range): number => percent(0.94 - 0.88 * shareOf(value, range));

const pointsOf = ({ values }: Plotted, range: Range, longest: number): readonly (Place | null)[] =>
  values.map((value, index) =>
    value === null ? null : [percent(0.01 + (0.98 * index) / Math.max(1, longest - 1)), yOf(value, range)],
  );

/** It is broken where there is no value. */
const pathOf = (points: readonly (Place | null)[]): string =>
  points
    .flatMap((point, index) =>
      point === null ? [] : [`${index === 0 || points[index - 1] === null ? 'M' : 'L'}${point.join(' ')}`],
    )
    .join('');

/** A line of no length with round ends, which stays round when the drawing is stretched. */
const dot = (place: Place | null | undefined, tone: string): Html =>
  place === null || place === undefined
    ? nothing
    : html`<path class="dot ${tone}" d="M${place.join(' ')}h0"/>`;

function timelineOf(timeline: Timeline): readonly Html[] {
  const period = periodOf(timeline);
  const left = (atMs: number): number => percent(shareOf(atMs, period));
  const lanes = timeline.lanes.map(({ name, spans, moments = [] }) =>
    entryOf(
      name,
      html`<span class="drawn track">${spans.map(
        ({ fromMs, toMs, tone, words }) =>
          html`<i class="ink ${tone ?? ''}" style="left:${left(fromMs)}%;width:${left(toMs) - left(fromMs)}%" title="${timeIn(fromMs, period)} ${words}"></i>`,
      )}${moments.map(({ atMs, tone, words }) => html`<b class="ink ${tone ?? ''}" style="left:${left(atMs)}%" title="${timeIn(atMs, period)} ${words}"></b>`)}</span>`,
      [...spans, ...moments]
        .map(({ words }) => words)
        .filter((words) => words !== '')
        .join(', '),
    ),
  );
  const ends = `${timeIn(period.from, period)} – ${timeIn(period.to, period)}`;
  return [...lanes, html`<p class="under">${ends}, UTC</p>\n`];
}
