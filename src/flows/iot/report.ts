import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import type { Quiets } from './alerts.ts';
import type { Panel } from './dashboard.ts';
import { type AlertKind, type IotMessages, rejections, storeSubject } from './messages.ts';
import type { Validated } from './readings.ts';
import { alertTable, medianLines, type Sensor, sensorTable } from './tables.ts';

/** What became of the readings, and whether it adds up. */
export async function reportOf(pipeline: Pipeline<IotMessages>, handedIn: number): Promise<FlowReport> {
  const validated = [...(await keptBy<Validated>(pipeline, 'validate')).values()];
  const panels = await keptBy<Panel>(pipeline, 'dashboard');
  const quiets = [...(await keptBy<Quiets>(pipeline, 'throttle')).values()];
  const { batches = 0, rows = 0 } = panels.get(storeSubject)?.counts ?? {};
  panels.delete(storeSubject);
  const sensors: readonly Sensor[] = [...panels].map(([sensorId, panel]) => ({ sensorId, ...panel }));
  const count = (name: string): number => sum(sensors, ({ counts }) => counts[name] ?? 0);
  const accepted = sum(validated, (sensor) => sensor.accepted);
  const rejected = Object.fromEntries(
    rejections.map((reason) => [reason, sum(validated, (sensor) => sensor.rejected[reason] ?? 0)]),
  );
  const judged = accepted + sum(Object.values(rejected), Number);
  // Also those that were typed.
  const received = Math.max(handedIn, judged);
  const alertsOf = (kind: AlertKind) => ({
    raised: count(`raised ${kind}`),
    cleared: count(`cleared ${kind}`),
    // Of some no message says so yet.
    suppressed: count(`suppressed ${kind}`) + sum(quiets, (quiet) => quiet[kind]?.suppressed ?? 0),
  });
  const alerts = { anomaly: alertsOf('anomaly'), too_warm: alertsOf('too_warm') };
  const anomalies = count('anomalies');
  return {
    count: received,
    statistics: pipeline.statistics(),
    pictures: [medianLines(sensors)],
    tables: [
      {
        title: 'Readings',
        columns: ['received', 'accepted', ...rejections],
        rows: [[received, accepted, ...Object.values(rejected)].map(String)],
      },
      sensorTable(sensors),
      alertTable(sensors),
    ],
    checks: [
      {
        words: 'every reading was accepted, or rejected for a reason',
        holds: judged === received,
      },
      {
        words: `each accepted one is in one window (${count('windows')})`,
        holds: count('readings') === accepted,
      },
      { words: `each accepted one is stored (batches: ${batches})`, holds: rows === accepted },
      {
        words: 'each anomaly has led to an alert, or is counted as suppressed',
        holds: anomalies === alerts.anomaly.raised + alerts.anomaly.suppressed,
      },
    ],
    data: {
      readings: { received, accepted, rejected },
      windows: count('windows'),
      anomalies,
      alerts,
      silences: count('silences'),
      store: { batches, rows },
      sensors: sensors.map(({ sensorId, minutes, notices, counts }) => ({
        sensorId,
        anomalies: counts.anomalies ?? 0,
        windows: minutes,
        notices,
      })),
    },
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
