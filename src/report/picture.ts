import type { Tone } from './tone.ts';

/**
 * What is seen rather than read, as data: drawn on a page, and in signs on a terminal. Every figure and word in one is
 * text too, for those who do not see it.
 */
export type Picture = Bars | Lines | Timeline | Grid;

/** How much of something there is, for each: a leaderboard, an order book with its depth. */
export interface Bars {
  readonly kind: 'bars';
  /** What it shows, for those who do not see it. */
  readonly caption: string;
  /** Of the values: `points`. */
  readonly unit?: string;
  /** From top to bottom. */
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly name: string;
  /** 0 or more. */
  readonly value: number;
  readonly tone?: Tone;
}

/** Values one after the other, on one scale for all lines: windows of time, a control chart with its limits. */
export interface Lines {
  readonly kind: 'lines';
  readonly caption: string;
  readonly unit?: string;
  /** What stands under the first value and under the last: `10:00`, `10:26`. */
  readonly ends?: readonly [string, string];
  /** An entry each, one below the other. */
  readonly lines: readonly Plotted[];
  /** Drawn through each of them. */
  readonly limits?: readonly Limit[];
}

export interface Plotted {
  readonly name: string;
  /** Null where there is none. */
  readonly values: readonly (number | null)[];
  /** Values that stand out. */
  readonly marks?: readonly Mark[];
}

export interface Mark {
  /** Of the value, from 0. */
  readonly index: number;
  readonly words: string;
  readonly tone?: Tone;
}

export interface Limit {
  readonly name: string;
  readonly value: number;
  readonly tone?: Tone;
}

/** What lasts how long, and what happens when: the steps of a saga. Times are milliseconds since the epoch. */
export interface Timeline {
  readonly kind: 'timeline';
  readonly caption: string;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly name: string;
  readonly spans: readonly TimeSpan[];
  readonly moments?: readonly Moment[];
}

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
  readonly tone?: Tone;
}

export interface Moment {
  readonly atMs: number;
  readonly words: string;
  readonly tone?: Tone;
}

/** Fields by row and column: a calendar. */
export interface Grid {
  readonly kind: 'grid';
  readonly caption: string;
  /** Of the names of the rows first. */
  readonly heading: readonly string[];
  readonly rows: readonly GridRow[];
}

export interface GridRow {
  readonly name: string;
  readonly fields: readonly { readonly text: string; readonly tone?: Tone }[];
}
