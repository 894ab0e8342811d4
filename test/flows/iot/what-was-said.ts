import type { Said } from './a-greenhouse.ts';
import { text } from './oracle.ts';

/** What passed over the bus, in the words of the oracle. */
export function saidOf(
  said: readonly Said[],
  rows: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const lines: Record<string, string[]> = {};
  for (const each of said) {
    const line = lineOf(each);
    if (line === undefined) continue;
    const [what, words] = line;
    lines[what] ??= [];
    lines[what].push(words);
  }
  if (rows.length > 0) lines.stored = [...rows];
  return Object.fromEntries(Object.entries(lines).map(([what, each]) => [what, each.sort()]));
}

function lineOf({ type, time, data }: Said): readonly [string, string] | undefined {
  const atS = Date.parse(time) / 1000;
  switch (type) {
    case 'ReadingRejected':
      return ['rejected', `${data.sensorId} ${data.seq} ${data.reason}`];
    case 'MovingAverage':
      return ['averages', `${data.sensorId} ${text(data.mean)}`];
    case 'AnomalyDetected':
      return ['anomalies', `${data.sensorId} ${data.value} ${text(data.z)}`];
    case 'WindowClosed': {
      const { sensorId, fromMs, count, min, mean, median, max } = data;
      return ['windows', [sensorId, fromMs / 1000, count, min, text(mean), text(median), max].join(' ')];
    }
    case 'AlertRaised':
      return ['alerts', `${data.sensorId} ${data.kind} ${atS} raised ${data.value}`];
    case 'AlertCleared':
      return ['alerts', `${data.sensorId} ${data.kind} ${atS} cleared ${data.value}`];
    case 'AlertSuppressed':
      return ['alerts', `${data.sensorId} ${data.kind} ${atS} suppressed ${data.count}`];
    case 'SensorSilent':
      return ['silences', `${data.sensorId} ${atS}`];
    default:
      return undefined;
  }
}
