import { max, mean, median, medianAbsoluteDeviation, min } from 'simple-statistics';
import type { ReadingRow } from '../../../src/flows/iot/input.ts';

/** The rules of the greenhouse, said once more: in seconds. */
const windowS = 60;
const latenessS = 10;
const silentS = 60;
const quietS = 300;

interface Arrived {
  readonly row: ReadingRow;
  readonly atS: number;
  readonly cameS: number;
}

interface Closed {
  readonly fromS: number;
  readonly closedAtS: number;
}

/** Something that may lead to an alert. */
interface Cause {
  readonly atS: number;
  readonly is: 'on' | 'off';
  readonly value: number;
}

/** What is to be said about some readings, worked out from whole lists of them; a line each, sorted. */
export function expectedOf(rows: readonly ReadingRow[]): Readonly<Record<string, readonly string[]>> {
  let newestS = 0;
  const arrived = rows.map((row) => {
    newestS = Math.max(newestS, row.atMs / 1000);
    return { row, atS: row.atMs / 1000, cameS: newestS };
  });
  const endS = fromOf(newestS) + windowS + latenessS;
  const lines: Record<string, string[]> = {};
  const say = (what: string, line: string): void => {
    lines[what] ??= [];
    lines[what].push(line);
  };
  for (const sensorId of new Set(rows.map((row) => row.sensorId))) {
    const own = arrived.filter(({ row }) => row.sensorId === sensorId);
    const { accepted, closed } = accept(own, endS, (reason, seq) =>
      say('rejected', `${sensorId} ${seq} ${reason}`),
    );
    const values = accepted.map(({ row }) => row.value ?? Number.NaN);

    const anomalies: Cause[] = [];
    for (const [index, value] of values.entries()) {
      say('averages', `${sensorId} ${text(mean(values.slice(Math.max(0, index - 11), index + 1)))}`);
      const before = values.slice(Math.max(0, index - 30), index);
      if (before.length < 10) continue;
      const score = (0.6745 * (value - median(before))) / Math.max(medianAbsoluteDeviation(before), 0.05);
      if (Math.abs(score) <= 6) continue;
      say('anomalies', `${sensorId} ${value} ${text(score)}`);
      anomalies.push({ atS: accepted[index]?.cameS ?? 0, is: 'on', value });
    }

    const limits: Cause[] = [];
    let isWarm = false;
    for (const { fromS, closedAtS } of closed) {
      const inside = accepted
        .filter(({ atS }) => fromOf(atS) === fromS)
        .map(({ row }) => row.value ?? Number.NaN);
      say(
        'windows',
        [
          sensorId,
          fromS,
          inside.length,
          min(inside),
          text(mean(inside)),
          text(median(inside)),
          max(inside),
        ].join(' '),
      );
      const isOver = median(inside) >= 30;
      const isUnder = median(inside) < 28;
      if (isWarm ? isUnder : isOver) {
        isWarm = !isWarm;
        limits.push({ atS: closedAtS, is: isWarm ? 'on' : 'off', value: median(inside) });
      }
    }
    for (const line of alertsOf(anomalies, endS, false)) say('alerts', `${sensorId} anomaly ${line}`);
    for (const line of alertsOf(limits, endS, true)) say('alerts', `${sensorId} too_warm ${line}`);

    for (const [index, { cameS }] of own.entries()) {
      const nextS = own[index + 1]?.cameS ?? Number.POSITIVE_INFINITY;
      if (cameS + silentS <= Math.min(nextS, endS)) say('silences', `${sensorId} ${cameS + silentS}`);
    }
    for (const { row } of accepted) say('stored', `${sensorId} ${row.atMs} ${row.value}`);
  }
  return Object.fromEntries(Object.entries(lines).map(([what, each]) => [what, each.sort()]));
}

/** Takes readings one by one, with a watermark; closes windows by it, or for want of readings. */
function accept(own: readonly Arrived[], endS: number, reject: (reason: string, seq: number) => void) {
  const accepted: Arrived[] = [];
  const closed: Closed[] = [];
  let watermarkS = 0;
  const openWindows = (): number[] =>
    [...new Set(accepted.map(({ atS }) => fromOf(atS)))]
      .filter((fromS) => !closed.some((each) => each.fromS === fromS))
      .sort((one, other) => one - other);
  const idleUntil = (nowS: number): void => {
    for (const fromS of openWindows()) {
      const idleAtS = Math.max(fromS + windowS, accepted.at(-1)?.cameS ?? 0) + latenessS;
      if (idleAtS > nowS) return;
      closed.push({ fromS, closedAtS: idleAtS });
      watermarkS = Math.max(watermarkS, fromS + windowS);
    }
  };
  for (const arrival of own) {
    idleUntil(arrival.cameS);
    const { row, atS, cameS } = arrival;
    const isDouble = accepted.some(
      (each) => each.row.seq === row.seq && openWindows().includes(fromOf(each.atS)),
    );
    const reason =
      row.value === null
        ? 'not_a_number'
        : row.unit !== 'C'
          ? 'unknown_unit'
          : fromOf(atS) + windowS <= watermarkS
            ? 'too_late'
            : isDouble
              ? 'duplicate'
              : null;
    if (reason !== null) {
      reject(reason, row.seq);
      continue;
    }
    accepted.push(arrival);
    watermarkS = Math.max(watermarkS, atS - latenessS);
    for (const fromS of openWindows())
      if (fromS + windowS <= watermarkS) closed.push({ fromS, closedAtS: cameS });
  }
  idleUntil(endS);
  return { accepted, closed };
}

/** One alert in five minutes; those between are counted, and what is not over by then is told then. */
function alertsOf(causes: readonly Cause[], endS: number, isLasting: boolean): string[] {
  const lines: string[] = [];
  let quietUntilS: number | null = null;
  let suppressed = 0;
  let untold: number | null = null;
  const raise = (atS: number, value: number): void => {
    lines.push(`${atS} raised ${value}`);
    quietUntilS = atS + quietS;
    suppressed = 0;
    untold = null;
  };
  const pass = (toS: number): void => {
    while (quietUntilS !== null && quietUntilS <= toS) {
      const atS: number = quietUntilS;
      if (suppressed > 0) lines.push(`${atS} suppressed ${suppressed}`);
      quietUntilS = null;
      suppressed = 0;
      if (untold !== null) raise(atS, untold);
    }
  };
  for (const { atS, is, value } of causes) {
    pass(atS);
    if (is === 'off') {
      if (untold === null) lines.push(`${atS} cleared ${value}`);
      untold = null;
    } else if (quietUntilS === null) raise(atS, value);
    else {
      suppressed++;
      // Only what lasts is told later.
      if (isLasting) untold = value;
    }
  }
  pass(endS);
  return lines;
}

const fromOf = (atS: number): number => Math.floor(atS / windowS) * windowS;

/** Two ways of adding up differ in the last digits. */
export const text = (value: number): string => value.toFixed(9);
