import type { PathStep } from '../diagram.ts';
import { captionOf, participantsOf } from '../diagram.ts';

/** Where everything of a sequence diagram stands, in pixels. */
export interface SequenceLayout {
  readonly width: number;
  readonly height: number;
  readonly heads: readonly Head[];
  readonly arrows: readonly Arrow[];
  /** Where the lifelines begin. */
  readonly headHeight: number;
}

export interface Head {
  readonly name: string;
  /** The name, one line below the other. */
  readonly lines: readonly string[];
  /** Of its middle. */
  readonly x: number;
  readonly width: number;
}

export interface Arrow {
  readonly kind: PathStep['kind'];
  readonly caption: string;
  readonly fromX: number;
  /** Equal to `fromX` where something turns to itself. */
  readonly toX: number;
  readonly y: number;
}

/** Of the monospaced letters in which all is written: 12 pixels high. A little more than most fonts need. */
const letterWidth = 7.3;
export const lineHeight = 15;
const rowHeight = 34;
const captionMargin = 18;
const headMargin = 8;
const nameWidth = 14;
/** How far a loop swings out. */
export const loopWidth = 30;

export function layOut(steps: readonly PathStep[]): SequenceLayout {
  const names = participantsOf(steps);
  const heads = names.map((name) => ({ name, lines: broken(name) }));
  const headWidths = heads.map(({ lines }) => widestOf(lines) + 2 * headMargin);
  const xs = positions(headWidths, spansOf(steps, names));
  const headHeight = Math.max(0, ...heads.map(({ lines }) => lines.length)) * lineHeight + 2 * headMargin;
  const arrows = steps.map((step, index) => ({
    kind: step.kind,
    caption: captionOf(step),
    fromX: xs[names.indexOf(step.from)] ?? 0,
    toX: xs[names.indexOf(step.to)] ?? 0,
    y: headHeight + rowHeight * (index + 1),
  }));
  return {
    width: Math.ceil(rightEdge(xs, headWidths, arrows)) + 1,
    height: headHeight + rowHeight * (steps.length + 0.5),
    heads: heads.map((head, index) => ({ ...head, x: xs[index] ?? 0, width: headWidths[index] ?? 0 })),
    arrows,
    headHeight,
  };
}

/** How much room an arrow needs between two participants, by their index. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly needed: number;
}

function spansOf(steps: readonly PathStep[], names: readonly string[]): Span[] {
  return steps
    .map((step) => {
      const [from, to] = [names.indexOf(step.from), names.indexOf(step.to)];
      const loop = from === to ? loopWidth : 0;
      const needed = widthOf(captionOf(step)) + captionMargin + loop;
      return { first: Math.min(from, to), last: Math.max(from, to) + (from === to ? 1 : 0), needed };
    })
    .filter(({ last }) => last < names.length)
    .sort((a, b) => a.last - a.first - (b.last - b.first));
}

/** The middles of the heads: as close as the heads and the captions between them allow. */
function positions(headWidths: readonly number[], spans: readonly Span[]): number[] {
  const gaps = headWidths.slice(1).map((width, index) => (width + (headWidths[index] ?? 0)) / 2 + headMargin);
  // Short arrows first: what they need is often enough for the long ones.
  for (const { first, last, needed } of spans) {
    const there = gaps.slice(first, last).reduce((sum, gap) => sum + gap, 0);
    const more = Math.max(0, needed - there) / (last - first);
    for (let index = first; index < last; index += 1) gaps[index] = (gaps[index] ?? 0) + more;
  }
  const start = (headWidths[0] ?? 0) / 2 + 1;
  return headWidths.map((_, index) => start + gaps.slice(0, index).reduce((sum, gap) => sum + gap, 0));
}

function rightEdge(xs: readonly number[], headWidths: readonly number[], arrows: readonly Arrow[]): number {
  const heads = xs.map((x, index) => x + (headWidths[index] ?? 0) / 2);
  const loops = arrows
    .filter(({ fromX, toX }) => fromX === toX)
    .map(({ fromX, caption }) => fromX + loopWidth + widthOf(caption) + captionMargin);
  return Math.max(0, ...heads, ...loops);
}

/** A name over several lines, broken after hyphens. */
function broken(name: string): string[] {
  const lines: string[] = [];
  for (const part of name.split(/(?<=-)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= nameWidth) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

const widestOf = (lines: readonly string[]): number => Math.max(...lines.map(widthOf));

const widthOf = (text: string): number => text.length * letterWidth;
