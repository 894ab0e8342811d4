import { linearRegression } from 'simple-statistics';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ManufacturingMessage, manufacturingMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

export interface Wear {
  /** The newest, in mm/s, and when. */
  readonly readings: readonly { readonly atMs: number; readonly speed: number }[];
  readonly slope: number | null;
  readonly dueInHours: number | null;
  readonly isRequested: boolean;
}

const hourMs = 3_600_000;

/** Lays a line through the vibration of the last twelve readings, and asks for maintenance when it ends within a shift. */
export const maintenanceStage: Stage<
  ManufacturingMessage<'VibrationTaken'>,
  ManufacturingMessage<'MaintenanceRequested'>,
  Wear
> = {
  name: 'maintenance',
  accepts: ['VibrationTaken'],
  state: { initial: () => ({ readings: [], slope: null, dueInHours: null, isRequested: false }) },
  handle({ data: { lineId, speed }, time }, { state, next }) {
    const { readings: before, isRequested } = state.get();
    const readings = [...before, { atMs: Date.parse(time), speed }].slice(-rules.vibrationReadings);
    const wear = readings.length === rules.vibrationReadings ? wearOf(readings) : undefined;
    const isDue = wear !== undefined && wear.dueInHours <= rules.maintenanceWithinHours;
    state.set({
      readings,
      slope: wear?.slope ?? null,
      dueInHours: wear?.dueInHours ?? null,
      isRequested: isDue,
    });
    return isDue && !isRequested ? [next(messages.MaintenanceRequested, { lineId, ...wear })] : [];
  },
};

/** How fast it rises, in mm/s an hour, and how many hours are left from the newest reading on. */
export function wearOf(readings: Wear['readings']): { readonly slope: number; readonly dueInHours: number } {
  const nowMs = readings.at(-1)?.atMs ?? 0;
  const { m: slope, b: now } = linearRegression(
    readings.map(({ atMs, speed }) => [(atMs - nowMs) / hourMs, speed]),
  );
  const left = rules.vibrationLimit - now;
  if (left <= 0) return { slope, dueInHours: 0 };
  return { slope, dueInHours: slope > 0 ? left / slope : Number.MAX_VALUE };
}

export interface Stock {
  readonly flourId: string;
  readonly grams: number;
  readonly groups: number;
  readonly cookies: number;
  readonly isLow: boolean;
}

type In = ManufacturingMessage<'FlourRefilled' | 'GroupPassed'>;
type Out = ManufacturingMessage<'StockConsumed' | 'StockLow'>;

/** Takes flour for each cookie, and says once that it runs low. */
export const inventoryStage: Stage<In, Out, Stock> = {
  name: 'inventory',
  accepts: ['FlourRefilled', 'GroupPassed'],
  state: { initial: () => ({ flourId: 'unknown', grams: 0, groups: 0, cookies: 0, isLow: false }) },
  handle({ type, data }, { state, next }) {
    const stock = state.get();
    const { lineId } = data;
    if (type === 'FlourRefilled') {
      const grams = stock.grams + data.grams;
      state.set({ ...stock, flourId: data.flourId, grams, isLow: stock.isLow && grams < rules.lowStock });
      return [];
    }
    const { lotId, diameters } = data;
    const used = diameters.length * rules.flourPerCookie;
    const left = stock.grams - used;
    const isLow = left < rules.lowStock;
    state.set({
      ...stock,
      grams: left,
      groups: stock.groups + 1,
      cookies: stock.cookies + diameters.length,
      isLow,
    });
    // The first cookie behind which less is left.
    const until = Math.max(1, Math.floor((stock.grams - rules.lowStock) / rules.flourPerCookie) + 1);
    return [
      next(messages.StockConsumed, { lineId, lotId, flourId: stock.flourId, grams: used, left }),
      ...(isLow && !stock.isLow
        ? [next(messages.StockLow, { lineId, group: stock.groups + 1, cookie: stock.cookies + until, left })]
        : []),
    ];
  },
};
