import type { Table } from './document.ts';
import type { Bars, Grid, Lines, Picture, Timeline } from './picture.ts';
import { periodOf, timeIn, withUnit } from './scale.ts';

/** What a picture shows, in figures and words: for those who do not see it, and where nothing can be drawn. */
export function pictureAsTable(picture: Picture): Table {
  const { caption } = picture;
  return { kind: 'table', caption, of: 'words', ...contentOf(picture) };
}

function contentOf(picture: Picture): Pick<Table, 'heading' | 'rows'> {
  switch (picture.kind) {
    case 'bars':
      return ofBars(picture);
    case 'lines':
      return ofLines(picture);
    case 'timeline':
      return ofTimeline(picture);
    case 'grid':
      return ofGrid(picture);
  }
}

const ofBars = ({ unit, bars }: Bars): Pick<Table, 'heading' | 'rows'> => ({
  heading: ['', unit ?? ''],
  rows: bars.map(({ name, value }) => ({ label: name, cells: [withUnit(value)] })),
});

function ofLines({ unit, lines, limits = [] }: Lines): Pick<Table, 'heading' | 'rows'> {
  return {
    heading: ['', unit === undefined ? 'values' : `values, ${unit}`, 'what stands out'],
    rows: [
      ...lines.map(({ name, values, marks = [] }) => ({
        label: name,
        cells: [
          values.map((value) => (value === null ? '–' : withUnit(value))).join(', '),
          marks.map(({ index, words }) => `${index + 1}: ${words}`).join('; '),
        ],
      })),
      ...limits.map(({ name, value }) => ({ label: name, cells: [withUnit(value), ''] })),
    ],
  };
}

function ofTimeline(timeline: Timeline): Pick<Table, 'heading' | 'rows'> {
  const period = periodOf(timeline);
  return {
    heading: ['', 'from', 'to', 'what'],
    rows: timeline.lanes.flatMap(({ name, spans, moments = [] }) =>
      [
        ...spans.map(({ fromMs, toMs, words }) => ({ fromMs, toMs, words })),
        ...moments.map(({ atMs, words }) => ({ fromMs: atMs, toMs: atMs, words })),
      ]
        .sort((one, other) => one.fromMs - other.fromMs)
        .map(({ fromMs, toMs, words }) => ({
          label: name,
          cells: [timeIn(fromMs, period), toMs === fromMs ? '' : timeIn(toMs, period), words],
        })),
    ),
  };
}

const ofGrid = ({ heading, rows }: Grid): Pick<Table, 'heading' | 'rows'> => ({
  heading,
  rows: rows.map(({ name, fields }) => ({ label: name, cells: fields.map((field) => [field]) })),
});
