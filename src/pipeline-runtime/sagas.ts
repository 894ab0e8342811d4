import type { AwaitedSaga, SagaState } from './saga.ts';

/** Where what stages keep can be read. */
interface Keeper {
  stateOf(stage: string, key: string): Promise<unknown>;
  statesOf(stage: string): AsyncIterable<{ readonly value: unknown }>;
}

/** Where a saga is; undefined when there is none of that id. */
export async function sagaOf(keeper: Keeper, stage: string, id: string): Promise<SagaState | undefined> {
  return begun(await keeper.stateOf(stage, id));
}

/** All of them, in the order of their ids. */
export async function* sagasOf(keeper: Keeper, stage: string): AsyncGenerator<SagaState> {
  for await (const { value } of keeper.statesOf(stage)) {
    const saga = begun(value);
    if (saga !== undefined) yield saga;
  }
}

/** Whether it needs a person: a compensation was asked for in vain, or its time was up long ago and nothing came of it. */
export function isStuck({ status, deadlineMs }: SagaState, nowMs: number, graceMs = 60_000): boolean {
  return status === 'stuck' || (deadlineMs !== null && nowMs > deadlineMs + graceMs);
}

function begun(kept: unknown): SagaState | undefined {
  const saga = kept as SagaState | AwaitedSaga | undefined;
  return saga?.status === 'awaited' ? undefined : saga;
}
