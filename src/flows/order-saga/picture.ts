import type { SagaState } from '../../pipeline-runtime/index.ts';
import type { Timeline } from '../../report/index.ts';

/** When an order was placed, and how it ended. */
export interface OrderEnd {
  readonly end: string;
  readonly total: number;
  readonly atMs: number;
}

type Lane = Timeline['lanes'][number];

/** From the time at which each order was placed to its end. */
export const orderTimeline = (
  orderIds: readonly string[],
  ends: ReadonlyMap<string, readonly OrderEnd[]>,
  sagas: ReadonlyMap<string, SagaState>,
): Timeline => ({
  kind: 'timeline',
  caption: 'Orders from their beginning to their end',
  lanes: orderIds.map((id) => laneOf(id, ends.get(id)?.[0], sagas.get(id))),
});

function laneOf(name: string, ended: OrderEnd | undefined, saga: SagaState | undefined): Lane {
  if (ended === undefined && saga === undefined) return { name, spans: [] };
  const fromMs = saga?.startedAtMs ?? ended?.atMs ?? 0;
  if (ended === undefined) {
    const words = `${saga?.status}, ${saga?.step}`;
    return { name, spans: [{ fromMs, toMs: saga?.deadlineMs ?? fromMs, words, tone: 'muted' }] };
  }
  const { end, atMs } = ended;
  return { name, spans: [{ fromMs, toMs: atMs, words: end, tone: end === 'confirmed' ? 'good' : 'bad' }] };
}
