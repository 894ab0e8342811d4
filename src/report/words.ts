import { inGroups } from './numbers.ts';

/** How many deliveries there are, by where they are. */
export interface DeliveryCounts {
  readonly requested: number;
  readonly sent: number;
  readonly skipped: number;
  readonly deadLettered: number;
  readonly pending: number;
}

/** `1 file`, `3 files`, `1,200 files` */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${inGroups(count)} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c` */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** A measured figure, to two digits: more would be noise. */
export const rounded = (value: number): string => figures.format(value);

export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Where every delivery that was requested is: proof that none is lost. */
export const equationOf = ({ requested, sent, skipped, deadLettered, pending }: DeliveryCounts): string =>
  `${plural(requested, 'delivery', 'deliveries')} requested = ${inGroups(sent)} sent + ${inGroups(skipped)} skipped + ` +
  `${inGroups(deadLettered)} dead-lettered + ${inGroups(pending)} pending`;

/** As a shell takes it for one word. */
export const quoted = (text: string): string =>
  /^[\w./:%@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
