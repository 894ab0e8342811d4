import { tzOffset } from '@date-fns/tz/tzOffset';
import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import { AppError } from '../kernel/index.ts';

export class UnknownTimeZoneError extends AppError {
  readonly code = 'unknown_time_zone';
  readonly timeZone: string;

  constructor(timeZone: string) {
    super({
      message: `no time zone is called "${timeZone}"`,
      help: 'Use an IANA name, such as Europe/London.',
    });
    this.timeZone = timeZone;
  }
}

/**
 * How far local time is ahead of UTC.
 * @throws {UnknownTimeZoneError}
 */
export function offsetMsAt(timeZone: string, atMs: number): number {
  // It would be taken for UTC by a library that has seen UTC before.
  if (timeZone === '') throw new UnknownTimeZoneError(timeZone);
  // Historical offsets have seconds, which come as fractions of a minute.
  const offsetMs = Math.round(tzOffset(timeZone, new Date(atMs)) * millisecondsInMinute);
  if (Number.isNaN(offsetMs)) throw new UnknownTimeZoneError(timeZone);
  return offsetMs;
}

interface Stretch {
  readonly fromMs: number;
  /** Undefined when the clocks change somewhere in it. */
  readonly offsetMs: number | undefined;
}

/** Asking Intl costs 2 µs a time; most questions in a row are about the same day. */
const lastStretches = new Map<string, Stretch>();

/**
 * The offset at `atMs`, provided that it holds for the next 24 hours too; undefined when the clocks
 * change around then. Since 1970 no zone has changed its clocks and changed them back within a day.
 * @throws {UnknownTimeZoneError}
 */
export function steadyOffsetMs(timeZone: string, atMs: number): number | undefined {
  const known = lastStretches.get(timeZone);
  if (known !== undefined && atMs >= known.fromMs && atMs < known.fromMs + millisecondsInDay)
    return known.offsetMs;
  const fromMs = Math.floor(atMs / millisecondsInDay) * millisecondsInDay;
  const offsetMs = offsetMsAt(timeZone, fromMs);
  const isSteady = [fromMs + millisecondsInDay, fromMs + 2 * millisecondsInDay].every(
    (ms) => offsetMsAt(timeZone, ms) === offsetMs,
  );
  const stretch: Stretch = { fromMs, offsetMs: isSteady ? offsetMs : undefined };
  lastStretches.set(timeZone, stretch);
  return stretch.offsetMs;
}

export interface Span {
  timeZone: string;
  fromMs: number;
  /** At most a day later. */
  toMs: number;
}

/** The first moment after `fromMs` and up to `toMs` with another offset than `fromMs` has, by halving. */
export function firstOffsetChangeMs({ timeZone, fromMs, toMs }: Span): number | undefined {
  const offsetMs = offsetMsAt(timeZone, fromMs);
  if (offsetMsAt(timeZone, toMs) === offsetMs) return undefined;
  let before = fromMs;
  let after = toMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMsAt(timeZone, middle) === offsetMs) before = middle;
    else after = middle;
  }
  return after;
}
