import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import type { Actuated, Setting } from './control.ts';
import type { Lot } from './lots.ts';
import type { ManufacturingMessages } from './messages.ts';
import type { Chart } from './quality.ts';
import { rules } from './rules.ts';
import type { Latch } from './safety.ts';
import { chartOf, cpkOf, limitTable, lotTable, signalTable } from './tables.ts';
import type { Stock, Wear } from './upkeep.ts';

/** No more lines are drawn. */
const mostCharts = 3;

/** How each line bakes, what it needs, what became of its lots, and whether it adds up. */
export async function reportOf(
  pipeline: Pipeline<ManufacturingMessages>,
  received: number,
): Promise<FlowReport> {
  const charts = await keptBy<Chart>(pipeline, 'quality');
  const latches = await keptBy<Latch>(pipeline, 'safety');
  const settings = await keptBy<Setting>(pipeline, 'control');
  const wears = await keptBy<Wear>(pipeline, 'maintenance');
  const stocks = await keptBy<Stock>(pipeline, 'inventory');
  const actuators = await keptBy<Actuated>(pipeline, 'actuate');
  const rejected = await keptBy<{ readonly rejected: number }>(pipeline, 'validate');
  const lots = await keptBy<Lot>(pipeline, 'report');
  const allLots = [...lots.values()];
  const all = [...charts.values()];
  const lines = [...new Set([...charts.keys(), ...latches.keys()])].map((lineId) => {
    const { limits = null, groups = 0, signals = {}, points = [] } = charts.get(lineId) ?? {};
    const wear = wears.get(lineId);
    return {
      lineId,
      groups,
      limits,
      signals,
      signalled: points.flatMap(({ group, signals: rulesOf }) =>
        rulesOf.length > 0 ? [{ group, rules: rulesOf }] : [],
      ),
      cpk: cpkOf(points, limits),
      offset: settings.get(lineId)?.offset ?? 0,
      adjusted: actuators.get(lineId)?.adjusted ?? 0,
      isShut: latches.get(lineId)?.isShut ?? false,
      shutdowns: latches.get(lineId)?.shutdowns ?? 0,
      wear: {
        slope: wear?.slope ?? null,
        dueInHours: wear?.dueInHours ?? null,
        isRequested: wear?.isRequested ?? false,
      },
      flour: stocks.get(lineId)?.grams ?? null,
    };
  });
  const defects = all.reduce((sum, chart) => sum + chart.rejected, 0);
  return {
    count: received,
    statistics: pipeline.statistics(),
    pictures: [...charts].slice(0, mostCharts).map(([lineId, chart]) => chartOf(lineId, chart)),
    tables: [limitTable(lines), signalTable(lines), lotTable(lots)],
    checks: [
      {
        words: 'every piece that was rejected leads to its lot and its flour',
        holds:
          allLots.reduce((sum, lot) => sum + lot.rejected.length, 0) === defects &&
          allLots.every((lot) => lot.rejected.length === 0 || lot.flours.length > 0),
      },
      {
        words: 'every piece that was measured is in a lot',
        holds:
          allLots.reduce((sum, { pieces }) => sum + pieces, 0) ===
          all.reduce((sum, { groups }) => sum + groups * 5, 0),
      },
      {
        words: 'flour went into every cookie, and no other',
        holds: [...stocks].every(
          ([lineId, { cookies }]) => cookies === (charts.get(lineId)?.groups ?? 0) * 5,
        ),
      },
      {
        words: 'no line was moved in phase I, or more often than it was measured',
        holds: lines.every(({ adjusted, groups }) => adjusted <= Math.max(0, groups - rules.phaseOne)),
      },
    ],
    data: {
      lines,
      lots: [...lots].map(([lot, { flours, pieces, rejected: bad, oee }]) => ({
        lot,
        flours,
        pieces,
        rejected: bad,
        oee: oee === null ? null : oee.reduce((product, factor) => product * factor, 1),
        factors: oee,
      })),
      implausible: [...rejected.values()].reduce((sum, each) => sum + each.rejected, 0),
    },
  };
}
