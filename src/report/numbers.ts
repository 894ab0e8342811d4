import {
  millisecondsInDay,
  millisecondsInHour,
  millisecondsInMinute,
  millisecondsInSecond,
} from 'date-fns/constants';

/** Each unit goes as far as the limit, in itself; days go on. */
const units = [
  { name: 'ms', ms: 1, limit: 1000 },
  { name: 's', ms: millisecondsInSecond, limit: 60 },
  { name: 'min', ms: millisecondsInMinute, limit: 60 },
  { name: 'h', ms: millisecondsInHour, limit: 48 },
  { name: 'd', ms: millisecondsInDay, limit: Number.POSITIVE_INFINITY },
] as const;

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const averages = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** `1,234` */
export const inGroups = (value: number): string => numbers.format(value);

/** `0 ms`, `1.2 s`, `8 h`: to a tenth of the unit that suits it. */
export function inWords(durationMs: number): string {
  for (const { name, ms, limit } of units) {
    const value = Math.round((durationMs / ms) * 10) / 10;
    if (Math.abs(value) < limit) return `${numbers.format(value)} ${name}`;
  }
  throw new RangeError(`no unit fits ${durationMs} ms`);
}

/** `999 B`, `3.1 kB`, `4.2 MB`: to a tenth of the unit that suits it. */
export function inBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilobytes = Math.round(bytes / 100) / 10;
  return kilobytes < 1000
    ? `${numbers.format(kilobytes)} kB`
    : `${numbers.format(Math.round(bytes / 100_000) / 10)} MB`;
}

/** `97.5 %`, rounded down: 100 % means all. A dash where there is none. */
export const inPercent = (rate: number | null): string =>
  rate === null ? '–' : `${numbers.format(Math.floor(rate * 1000) / 10)} %`;

/** `1.05`; a dash where there is none. */
export const onAverage = (value: number | null): string => (value === null ? '–' : averages.format(value));
