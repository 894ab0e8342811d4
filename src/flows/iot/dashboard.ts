import type { Stage } from '../../pipeline-runtime/index.ts';
import type { AlertKind, IotMessage } from './messages.ts';

type Shown = IotMessage<
  | 'WindowClosed'
  | 'AnomalyDetected'
  | 'AlertRaised'
  | 'AlertCleared'
  | 'AlertSuppressed'
  | 'SensorSilent'
  | 'BatchStored'
>;

export interface Minute {
  readonly fromMs: number;
  readonly count: number;
  readonly mean: number;
  readonly median: number;
}

/** Something that a person should know. */
export interface Notice {
  readonly atMs: number;
  readonly type: 'AlertRaised' | 'AlertCleared' | 'AlertSuppressed' | 'SensorSilent';
  readonly kind: AlertKind | null;
  /** A temperature, or how many were suppressed; null: neither. */
  readonly value: number | null;
}

/** What is shown of a sensor, or of the store. */
export interface Panel {
  /** From the beginning: `windows`, `readings` in them, `anomalies`, `batches`, `rows`, `raised anomaly` … */
  readonly counts: Readonly<Record<string, number>>;
  /** The newest hour. */
  readonly minutes: readonly Minute[];
  /** The newest. */
  readonly notices: readonly Notice[];
}

const mostMinutes = 60;
const mostNotices = 20;
const blank: Panel = { counts: {}, minutes: [], notices: [] };

/** Keeps what is to be seen of each sensor: some of it, however long it runs. */
export const dashboardStage: Stage<Shown, never, Panel> = {
  name: 'dashboard',
  accepts: [
    'WindowClosed',
    'AnomalyDetected',
    'AlertRaised',
    'AlertCleared',
    'AlertSuppressed',
    'SensorSilent',
    'BatchStored',
  ],
  state: { initial: () => blank },
  handle(message, { state }) {
    const { counts, minutes, notices } = state.get();
    const added = Object.entries(countsOf(message)).map(([name, count]) => [
      name,
      (counts[name] ?? 0) + count,
    ]);
    state.set({
      counts: { ...counts, ...Object.fromEntries(added) },
      minutes: [...minutes, ...minutesOf(message)].slice(-mostMinutes),
      notices: [...notices, ...noticesOf(message)].slice(-mostNotices),
    });
    return [];
  },
};

function countsOf({ type, data }: Shown): Readonly<Record<string, number>> {
  if (type === 'WindowClosed') return { windows: 1, readings: data.count };
  if (type === 'BatchStored') return { batches: 1, rows: data.rows };
  if (type === 'AnomalyDetected') return { anomalies: 1 };
  if (type === 'SensorSilent') return { silences: 1 };
  if (type === 'AlertSuppressed') return { [`suppressed ${data.kind}`]: data.count };
  return { [`${type === 'AlertRaised' ? 'raised' : 'cleared'} ${data.kind}`]: 1 };
}

function minutesOf({ type, data }: Shown): readonly Minute[] {
  if (type !== 'WindowClosed') return [];
  const { fromMs, count, mean, median } = data;
  return [{ fromMs, count, mean, median }];
}

function noticesOf({ type, time, data }: Shown): readonly Notice[] {
  const atMs = Date.parse(time);
  if (type === 'WindowClosed' || type === 'AnomalyDetected' || type === 'BatchStored') return [];
  if (type === 'SensorSilent') return [{ atMs, type, kind: null, value: null }];
  return [{ atMs, type, kind: data.kind, value: type === 'AlertSuppressed' ? data.count : data.value }];
}
