import type { Document } from '../../../report/index.ts';
import type { Comparison } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { rateOf } from '../rates.ts';
import { knowsNotifications } from '../reach.ts';
import { spreadOf } from '../rounds.ts';

/** Coupling, loss and latency in one drawing, where all three were measured. */
export function overviewBlocks({ behaviour, faults, coupling }: Comparison): Document {
  const points = behaviour.flatMap(({ architecture, handOver, callerP99Ms }) => {
    const kills = faults.find(
      (each) => each.sampled === 'kill' && each.architecture === architecture && each.handOver === handOver,
    );
    const services = coupling.find((each) => each.architecture === architecture)?.services;
    if (kills === undefined || services === undefined) return [];
    const { share, least, most } = rateOf(kills.runsThatLost, kills.runs);
    const waits = spreadOf(callerP99Ms);
    const knowing = services.filter(knowsNotifications).length;
    return [
      {
        name: `${architecture} (${handOverInWords(handOver)})`,
        across: { at: inShort(waits.median), least: inShort(waits.least), most: inShort(waits.most) },
        up: { at: perThousand(share), least: perThousand(least), most: perThousand(most) },
        size: knowing / services.length,
        words: `${knowing} of ${services.length} services know of notifications`,
      },
    ];
  });
  if (points.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: 'Loss, latency and coupling' },
    {
      kind: 'chart',
      caption: 'Loss by latency; the larger a point, the more services know of notifications',
      across: { name: 'A caller waits, p99', unit: 'ms' },
      up: { name: 'Kills that lose something', unit: 'of 1,000' },
      points,
    },
  ];
}

const perThousand = (share: number): number => Math.round(1000 * share);

/** To two digits. */
const inShort = (ms: number): number => Number(ms.toPrecision(2));
