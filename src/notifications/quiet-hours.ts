import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import type { QuietHours } from '../datastore/index.ts';
import { firstOffsetChangeMs, offsetMsAt, steadyOffsetMs } from './time-zone.ts';

export interface QuietHoursQuestion {
  /** A window whose start equals its end is empty: never quiet. */
  quietHours: QuietHours;
  /** IANA: `Europe/London`. */
  timeZone: string;
  nowMs: number;
}

/**
 * When the quiet hours that hold at `nowMs` end, in milliseconds since the epoch; undefined when none
 * hold. A moment is quiet when its local time of day is at or after the start and before the end, and
 * the answer is the next moment that is not. So an end that the clocks skip in spring is the moment they
 * jump, and an end that comes twice in autumn is the first of the two.
 * @throws {UnknownTimeZoneError}
 */
export function quietUntilMs({ quietHours, timeZone, nowMs }: QuietHoursQuestion): number | undefined {
  const window = { startMs: timeOfDayMs(quietHours.start), endMs: timeOfDayMs(quietHours.end) };
  const steadyMs = steadyOffsetMs(timeZone, nowMs);
  if (steadyMs === undefined) return quietUntilAcrossChanges(window, timeZone, nowMs);
  const localMs = localTimeOfDayMs(nowMs, steadyMs);
  return isQuiet(window, localMs) ? nowMs + untilEndMs(window, localMs) : undefined;
}

interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** From one change of the clocks to the next, until the window ends between two or a change leads out of it. */
function quietUntilAcrossChanges(window: Window, timeZone: string, nowMs: number): number | undefined {
  let atMs = nowMs;
  let localMs = localTimeOfDayMs(atMs, offsetMsAt(timeZone, atMs));
  if (!isQuiet(window, localMs)) return undefined;
  while (isQuiet(window, localMs)) {
    const endMs = atMs + untilEndMs(window, localMs);
    const changeMs = firstOffsetChangeMs({ timeZone, fromMs: atMs, toMs: endMs });
    if (changeMs === undefined) return endMs;
    atMs = changeMs;
    localMs = localTimeOfDayMs(atMs, offsetMsAt(timeZone, atMs));
  }
  return atMs;
}

function isQuiet({ startMs, endMs }: Window, localMs: number): boolean {
  if (startMs <= endMs) return localMs >= startMs && localMs < endMs;
  return localMs >= startMs || localMs < endMs;
}

const untilEndMs = ({ endMs }: Window, localMs: number): number => modulo(endMs - localMs, millisecondsInDay);

const localTimeOfDayMs = (atMs: number, offsetMs: number): number =>
  modulo(atMs + offsetMs, millisecondsInDay);

const timeOfDayMs = (time: string): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * millisecondsInMinute;

/** Never negative, as `%` can be. */
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
