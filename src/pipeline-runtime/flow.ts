import type { EventBus } from '../bus/index.ts';
import type { Catalogue } from '../events/index.ts';
import type { Ids, Random, VirtualClock } from '../kernel/index.ts';
import type { PipelineStatistics } from './pipeline.ts';

/** What a flow is to be played with. */
export type FlowInput =
  | { readonly kind: 'sample' }
  | { readonly kind: 'file'; readonly file: string }
  /** Generated: the same seed makes the same. */
  | { readonly kind: 'load'; readonly count: number };

/** What a flow runs on: all of it the caller's, who closes the bus. */
export interface FlowWorld {
  /** Of the flow's catalogue. */
  // biome-ignore lint/suspicious/noExplicitAny: the catalogue of whatever flow it is.
  readonly bus: EventBus<any>;
  readonly clock: VirtualClock;
  /** Of messages that come about on the way; never the same again on one file. */
  readonly ids: Ids;
  readonly random: Random;
  /** Milliseconds since any moment, to measure with. */
  readonly stopwatch: () => number;
}

export interface FlowTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What became of it. */
export interface FlowReport {
  /** To be shown; where there are thousands, no more than can be read. */
  readonly tables: readonly FlowTable[];
  /** What has to hold, whatever was played. */
  readonly checks: readonly { readonly words: string; readonly holds: boolean }[];
  /** The same and more, as plain data. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly statistics: PipelineStatistics;
  /** How much came from outside: orders, readings, records. */
  readonly count: number;
}

/** A flow as the command line knows it. */
export interface Flow {
  /** What is typed. */
  readonly name: string;
  /** One line. */
  readonly does: string;
  readonly catalogue: Catalogue;
  /** When its story begins, milliseconds since the epoch. */
  readonly beginsAtMs: number;
  /** The columns of a file that it reads. */
  readonly columns: readonly string[];
  /**
   * Reads what it is to be played with, and gives what plays it.
   * @throws {InputError} for a file that is of no use.
   */
  prepare(input: FlowInput, random: Random): Promise<(world: FlowWorld) => Promise<FlowReport>>;
}
