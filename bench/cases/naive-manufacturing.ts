import { type Row, readRows } from '../../src/flows/manufacturing/input.ts';
import { charted, emptyChart } from '../../src/flows/manufacturing/quality.ts';
import { rules } from '../../src/flows/manufacturing/rules.ts';
import { cpkOf } from '../../src/flows/manufacturing/tables.ts';
import { type Wear, wearOf } from '../../src/flows/manufacturing/upkeep.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { timed } from './timed.ts';

const freshLine = (lineId: string) => ({
  lineId,
  chart: emptyChart,
  isShut: false,
  shutdowns: 0,
  heardMs: null as number | null,
  offset: 0,
  adjusted: 0,
  readings: [] as Wear['readings'],
  wear: { slope: null as number | null, dueInHours: null as number | null, isRequested: false },
  flourId: 'unknown',
  flour: 0,
});

interface Lot {
  readonly lot: string;
  readonly flours: Set<string>;
  pieces: number;
  readonly rejected: { readonly group: number; readonly piece: number; readonly diameter: number }[];
}

/** The bakery by itself: readings are held against a chart, lines moved, wear foreseen. In what is generated no lot ends, and no chief comes. */
export function bakeByLoop(rows: readonly Row[]) {
  const lines = new Map<string, ReturnType<typeof freshLine>>();
  const lots = new Map<string, Lot>();
  let implausible = 0;
  for (const { atMs, lineId, kind, lotId, values } of rows) {
    const [value = 0] = values;
    const line = lines.get(lineId) ?? freshLine(lineId);
    lines.set(lineId, line);
    const shut = (): void => {
      if (!line.isShut) line.shutdowns++;
      line.isShut = true;
    };
    if (line.heardMs !== null && atMs >= line.heardMs + rules.silentAfterMs) {
      line.heardMs = null;
      shut();
    }
    if (kind === 'refill') {
      line.flourId = lotId;
      line.flour += value;
    } else if (kind === 'temperature') {
      if (!(value > -50 && value < 1000)) implausible++;
      else {
        line.heardMs = atMs;
        if (value > rules.hottest) shut();
      }
    } else if (kind === 'vibration') {
      if (!(value >= 0 && value < 1000)) implausible++;
      else {
        line.readings = [...line.readings, { atMs, speed: value }].slice(-rules.vibrationReadings);
        if (line.readings.length < rules.vibrationReadings) continue;
        const wear = wearOf(line.readings);
        line.wear = { ...wear, isRequested: wear.dueInHours <= rules.maintenanceWithinHours };
      }
    } else if (kind === 'group') {
      if (!values.every((each) => each > 0 && each < 1000)) {
        implausible++;
        continue;
      }
      const isPhaseOne = line.chart.limits === null;
      const { chart, defects } = charted(line.chart, values);
      line.chart = chart;
      const key = `${lineId} ${lotId}`;
      const lot = lots.get(key) ?? { lot: key, flours: new Set(), pieces: 0, rejected: [] };
      lots.set(key, lot);
      lot.flours.add(line.flourId);
      lot.pieces += values.length;
      lot.rejected.push(...defects.map((defect) => ({ group: chart.groups, ...defect })));
      line.flour -= values.length * rules.flourPerCookie;
      if (isPhaseOne || line.isShut) continue;
      line.offset += rules.lambda * ((chart.points.at(-1)?.mean ?? 0) - rules.target);
      line.adjusted++;
    } else throw new TypeError(`the loop knows no ${kind}`);
  }
  return {
    lines: [...lines.values()].map(({ chart, heardMs: _, readings: __, flourId: ___, ...line }) => ({
      ...line,
      groups: chart.groups,
      limits: chart.limits,
      signals: chart.signals,
      cpk: cpkOf(chart.points, chart.limits),
    })),
    lots: [...lots.values()].map(({ flours, ...lot }) => ({ ...lot, flours: [...flours] })),
    implausible,
  };
}

export async function naiveManufacturing(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.length, () => bakeByLoop(rows));
}
