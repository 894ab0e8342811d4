import type { MessageContext } from '../bus/index.ts';
import type { MessageMap, MessageOf } from '../events/index.ts';
import type { Clock, Ids, Logger, Random } from '../kernel/index.ts';
import type { Activity } from './activity.ts';
import type { PipelineSettings } from './settings.ts';
import type { Stage } from './stage.ts';
import type { StageCall } from './stage-call.ts';
import type { WorkBudget } from './work-budget.ts';

// biome-ignore lint/suspicious/noExplicitAny: any stage, whatever it keeps.
export type AnyStage<Map extends MessageMap> = Stage<MessageOf<Map>, MessageOf<Map>, any>;

/** At once, where the stage is through at once. */
export type Emitted<Map extends MessageMap> = readonly MessageOf<Map>[] | Promise<readonly MessageOf<Map>[]>;

export interface InHand<Map extends MessageMap> {
  readonly call: StageCall<Map>;
  readonly bus: MessageContext<Map>;
}

export interface StageRunnerOptions<Map extends MessageMap> {
  clock: Clock;
  ids: Ids;
  random: Random;
  logger: Logger;
  stopwatch: () => number;
  settings: Required<PipelineSettings>;
  submit(messages: readonly MessageOf<Map>[]): Promise<void>;
  budget: WorkBudget;
  activity: Activity;
  /** Notes that a message is a dead letter. */
  store(message: MessageOf<Map>, thrown: unknown, attempts: number): void;
}
