import type { Pipeline } from './pipeline.ts';

/** All that a stage keeps, by key, as what its caller knows it to be. All of it at once: for a report, not on the way. */
export async function keptBy<Value>(
  pipeline: Pick<Pipeline<never>, 'statesOf'>,
  stage: string,
): Promise<Map<string, Value>> {
  const values = new Map<string, Value>();
  for await (const { key, value } of pipeline.statesOf(stage)) values.set(key, value as Value);
  return values;
}
