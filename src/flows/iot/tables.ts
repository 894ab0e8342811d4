import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Lines } from '../../report/index.ts';
import type { Notice, Panel } from './dashboard.ts';
import { rules } from './rules.ts';

type FlowTable = FlowReport['tables'][number];

export interface Sensor extends Panel {
  readonly sensorId: string;
}

/** No list on a screen is longer. */
const longestList = 15;
/** The newest of the windows. */
const longestLine = 30;

/** Those with something to tell first. */
function shownOf(sensors: readonly Sensor[]) {
  return sensors
    .toSorted((one, other) => other.notices.length - one.notices.length)
    .slice(0, longestList)
    .filter(({ minutes }) => minutes.length > 0)
    .map((sensor) => ({
      ...sensor,
      medians: sensor.minutes.slice(-longestLine).map(({ median }) => median),
    }));
}

/** The medians of each, minute by minute, and when it is too warm. */
export function medianLines(sensors: readonly Sensor[]): Lines {
  return {
    kind: 'lines',
    caption: 'Medians by the minute',
    unit: '°C',
    lines: shownOf(sensors).map(({ sensorId, medians }) => ({ name: sensorId, values: medians })),
    limits: [{ name: 'too warm from', value: rules.raiseAt, tone: 'bad' }],
  };
}

export function sensorTable(sensors: readonly Sensor[]): FlowTable {
  const shown = shownOf(sensors);
  return {
    title: titleOf('Sensors', shown.length, sensors.length),
    columns: ['sensor', 'windows', 'lowest', 'highest', 'anomalies', ''],
    rows: shown.map(({ sensorId, medians: own, counts }) => [
      sensorId,
      String(counts.windows ?? 0),
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
