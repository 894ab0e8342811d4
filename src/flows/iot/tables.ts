import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Notice, Panel } from './dashboard.ts';
import { sparkline } from './sparkline.ts';

type FlowTable = FlowReport['tables'][number];

export interface Sensor extends Panel {
  readonly sensorId: string;
}

/** No list on a screen is longer. */
const longestList = 15;
/** The newest of the windows. */
const longestLine = 30;

/** Those with something to tell first. */
export function sensorTable(sensors: readonly Sensor[]): FlowTable {
  const shown = sensors
    .toSorted((one, other) => other.notices.length - one.notices.length)
    .slice(0, longestList)
    .filter(({ minutes }) => minutes.length > 0)
    .map((sensor) => ({
      ...sensor,
      medians: sensor.minutes.slice(-longestLine).map(({ median }) => median),
    }));
  const medians = shown.flatMap((sensor) => sensor.medians);
  const scale = { from: Math.min(...medians), to: Math.max(...medians) };
  return {
    title: titleOf('Medians by the minute', shown.length, sensors.length),
    columns: ['sensor', 'windows', 'lowest', 'highest', 'anomalies', ''],
    rows: shown.map(({ sensorId, medians: own, counts }) => [
      sensorId,
      sparkline(own, scale),
      inDegrees(Math.min(...own)),
      inDegrees(Math.max(...own)),
      String(counts.anomalies ?? 0),
      counts.silences === undefined ? '' : 'fell silent',
    ]),
  };
}

export function alertTable(sensors: readonly Sensor[]): FlowTable {
  const all = sensors
    .flatMap(({ sensorId, notices }) => notices.map((notice) => ({ sensorId, ...notice })))
    .sort((one, other) => one.atMs - other.atMs);
  const shown = all.slice(0, longestList);
  return {
    title: titleOf('Alerts', shown.length, all.length),
    columns: ['at', 'sensor', 'what'],
    rows: shown.map((notice) => [
      new Date(notice.atMs).toISOString().slice(0, 19).replace('T', ' '),
      notice.sensorId,
      wordsOf(notice),
    ]),
  };
}

function wordsOf({ type, kind, value }: Notice): string {
  if (type === 'SensorSilent') return '○ silent for a minute';
  const what = kind === 'anomaly' ? 'a reading unlike those before' : 'too warm';
  if (type === 'AlertSuppressed') return `· ${value} more of: ${what}`;
  return type === 'AlertRaised'
    ? `▲ ${what}: ${inDegrees(value ?? 0)}`
    : `▽ no more ${what}: ${inDegrees(value ?? 0)}`;
}

const titleOf = (title: string, shown: number, all: number): string =>
  shown === all ? title : `${title} (${shown} of ${all})`;

const inDegrees = (value: number): string => `${value.toFixed(2)} °C`;
