import { InputError } from '../kernel/index.ts';
import type { Flow } from '../pipeline-runtime/index.ts';

/** The gallery: one entry a flow, loaded when it is asked for. */
const gallery: Readonly<Record<string, () => Promise<Flow>>> = {
  authentication: async () => (await import('../flows/authentication/index.ts')).authenticationFlow,
  etl: async () => (await import('../flows/etl/index.ts')).etlFlow,
  game: async () => (await import('../flows/game/index.ts')).gameFlow,
  healthcare: async () => (await import('../flows/healthcare/index.ts')).healthcareFlow,
  iot: async () => (await import('../flows/iot/index.ts')).iotFlow,
  manufacturing: async () => (await import('../flows/manufacturing/index.ts')).manufacturingFlow,
  learning: async () => (await import('../flows/learning/index.ts')).learningFlow,
  moderation: async () => (await import('../flows/moderation/index.ts')).moderationFlow,
  'order-saga': async () => (await import('../flows/order-saga/index.ts')).orderSagaFlow,
  trading: async () => (await import('../flows/trading/index.ts')).tradingFlow,
};

export const flowNames: readonly string[] = Object.keys(gallery);

export const allFlows = (): Promise<readonly Flow[]> =>
  Promise.all(Object.values(gallery).map((load) => load()));

/** @throws {InputError} when there is none of that name. */
export function flowOf(name: string): Promise<Flow> {
  const load = Object.hasOwn(gallery, name) ? gallery[name] : undefined;
  if (load !== undefined) return load();
  throw new InputError({
    message: `there is no flow ${JSON.stringify(name)}`,
    help: `Known: ${flowNames.join(', ')}.`,
  });
}
