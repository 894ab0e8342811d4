import type { EventBus } from '../bus/index.ts';
import type { Catalogue } from '../events/index.ts';
import type { Ids, Random, VirtualClock } from '../kernel/index.ts';
import type { Picture } from '../report/index.ts';
import type { FlowEntry } from './feed.ts';
import type { Pipeline, PipelineStatistics } from './pipeline.ts';

/** What a flow is to be played with. */
export type FlowInput =
  | { readonly kind: 'sample' }
  | { readonly kind: 'file'; readonly file: string }
  /** Generated: the same seed makes the same. */
  | { readonly kind: 'load'; readonly count: number }
  /** What happens is typed later, or it is only looked at. */
  | { readonly kind: 'nothing' };

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
  /** Where a flow that writes files may write them, and finds them again; undefined: nowhere. */
  readonly folder?: string | undefined;
  /**
   * What simulated parties know, such as a payment provider, by the name of each: it outlives the process where the bus does, as
   * a real one would. Left out: they forget.
   */
  readonly outside?: (name: string) => Map<string, unknown>;
}

export interface FlowTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What became of it. */
export interface FlowReport {
  /** What its people like to look at, drawn; where there are thousands, no more than can be read. */
  readonly pictures: readonly Picture[];
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

/** One thing that may happen outside, as a person types it. */
export interface TypedForm {
  /** Its first word tells it from the others; capitals stand for what is said, brackets for what may be left out: `pay ORDER [CARD]`. */
  readonly form: string;
  readonly does: string;
  /**
   * @param words What was said behind the first word: as many as the form has, or fewer where some may be left out.
   * @param line When it is typed, and a number that no other line on the same file has: `entryOf` is given `line 7` as its place.
   * @throws {InputError} says what is wrong with them.
   */
  read(
    words: readonly string[],
    line: { readonly nowMs: number; readonly number: number },
  ): readonly FlowEntry[];
}

/** Something that a person may ask to see in the middle of a flow. */
export interface AskedForm extends Pick<TypedForm, 'form' | 'does'> {
  /** @throws {InputError} there is nothing of that name. */
  show(words: readonly string[]): Promise<readonly Picture[]>;
}

/** A flow over a world. Who opened it starts its pipeline, and stops it. */
export interface OpenFlow {
  // biome-ignore lint/suspicious/noExplicitAny: a pipeline of any messages.
  readonly pipeline: Pipeline<any>;
  /** The stage that is a saga, where one is: what is asked about a subject is asked of it. */
  readonly saga?: string;
  /** What may be typed where that needs what was opened, such as a place for secrets. Left out: as the flow has it. */
  readonly typed?: readonly TypedForm[];
  /** What may be asked beside `show` and `report`, such as `book SYMBOL`. Left out: nothing. */
  readonly asked?: readonly AskedForm[];
  /** The subject that a person means by a name, where messages have another one: `ada@example.com`. Left out: the same. */
  subjectOf?(name: string): string;
  /** Takes in what the flow was prepared with, each at its time, and lets all come to its end. */
  play(): Promise<void>;
  /** What has become of it until now. */
  report(): Promise<FlowReport>;
}

/** A flow as the command line knows it. */
export interface Flow {
  /** What is typed. */
  readonly name: string;
  /** One line. */
  readonly does: string;
  /** Which patterns of messaging it is to be read for, a line. */
  readonly shows: string;
  readonly catalogue: Catalogue;
  /** When its story begins, milliseconds since the epoch. */
  readonly beginsAtMs: number;
  /** The columns of a file that it reads. */
  readonly columns: readonly string[];
  /** Whether it has use for `FlowWorld.folder` or `outside`, and needs again what it has written there. Left out: it has none. */
  readonly writesBeside?: boolean;
  readonly typed: readonly TypedForm[];
  /**
   * Reads what it is to be played with, and gives what opens it over a world.
   * @throws {InputError} for a file that is of no use.
   */
  prepare(input: FlowInput, random: Random): Promise<(world: FlowWorld) => OpenFlow>;
}

/** Plays a flow to its end, and says what became of it. */
export async function playFlow({ pipeline, play, report }: OpenFlow): Promise<FlowReport> {
  pipeline.start();
  try {
    await play();
    return await report();
  } finally {
    await pipeline.stop();
  }
}
