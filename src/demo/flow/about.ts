import type { Message } from '../../events/index.ts';
import { InputError } from '../../kernel/index.ts';
import { isStuck, type OpenFlow, type SagaState, sagaOf, sagasOf } from '../../pipeline-runtime/index.ts';
import type { Document } from '../../report/index.ts';
import {
  historyDocument,
  keptDocument,
  type OpenSaga,
  openSagasDocument,
  sagaDocument,
} from '../view/subject.ts';

/** What is shown, the same as data, and whether a person has to look at it. */
export interface Shown {
  readonly document: Document;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isWell: boolean;
}

type Asked = Pick<OpenFlow, 'pipeline' | 'saga'>;

/** No list on a screen is longer. */
const longestList = 20;

/**
 * What is kept of one subject, and what was said about it.
 * @throws {InputError} nothing is known of it.
 */
export async function aboutSubject(
  { pipeline, saga: sagaStage }: Asked,
  id: string,
  { history, nowMs }: { readonly history: readonly Message[]; readonly nowMs: number },
): Promise<Shown> {
  const saga = sagaStage === undefined ? undefined : await sagaOf(pipeline, sagaStage, id);
  const kept: [stage: string, value: unknown][] = [];
  for (const { stage } of pipeline.statistics().stages) {
    const value = stage === sagaStage ? undefined : await pipeline.stateOf(stage, id);
    if (value !== undefined) kept.push([stage, value]);
  }
  if (saga === undefined && kept.length === 0 && history.length === 0)
    throw new InputError({
      message: `nothing is known of ${JSON.stringify(id)}`,
      help: '`show` without a name says of whom something is.',
    });
  return {
    document: [
      ...(saga === undefined ? [] : sagaDocument(saga, nowMs)),
      ...keptDocument(kept),
      ...historyDocument(id, history),
    ],
    data: { id, ...(saga && { saga }), kept: Object.fromEntries(kept), history },
    isWell: saga === undefined || !isStuck(saga, nowMs),
  };
}

/** The sagas that have not come to their end, those that need a person first; where there is no saga, who is known. */
export async function aboutAll({ pipeline, saga }: Asked, nowMs: number): Promise<Shown> {
  return saga === undefined ? subjects(pipeline) : openSagas(pipeline, saga, nowMs);
}

const isOver = ({ status }: SagaState): boolean => status === 'completed' || status === 'cancelled';

async function openSagas(pipeline: Asked['pipeline'], stage: string, nowMs: number): Promise<Shown> {
  const counts: Record<string, number> = {};
  const open: OpenSaga[] = [];
  for await (const saga of sagasOf(pipeline, stage)) {
    counts[saga.status] = (counts[saga.status] ?? 0) + 1;
    if (!isOver(saga)) open.push({ ...saga, isStuck: isStuck(saga, nowMs) });
  }
  open.sort(
    (one, other) => Number(other.isStuck) - Number(one.isStuck) || one.startedAtMs - other.startedAtMs,
  );
  const stuck = open.filter((saga) => saga.isStuck).length;
  const document = openSagasDocument(counts, open);
  return { document, data: { counts, open }, isWell: stuck === 0 };
}

async function subjects(pipeline: Asked['pipeline']): Promise<Shown> {
  const stages: Record<string, { readonly count: number; readonly subjects: readonly string[] }> = {};
  for (const { stage } of pipeline.statistics().stages) {
    const first: string[] = [];
    let count = 0;
    for await (const { key } of pipeline.statesOf(stage)) if (++count <= longestList) first.push(key);
    if (count > 0) stages[stage] = { count, subjects: first };
  }
  const rows = Object.entries(stages).map(([label, { count, subjects: names }]) => ({
    label,
    cells: [String(count), names.join(' ') + (count > names.length ? ' …' : '')],
  }));
  const document: Document =
    rows.length === 0
      ? [{ kind: 'paragraph', lines: [{ text: 'no stage keeps anything' }] }]
      : [
          {
            kind: 'table',
            caption: 'Of whom something is kept',
            of: 'words',
            heading: ['stage', 'keeps', 'of'],
            rows,
          },
        ];
  return { document, data: { stages }, isWell: true };
}
