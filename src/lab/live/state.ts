import type { ArchitectureName, BreakerState } from '../../shop/index.ts';
import type { Column } from './column.ts';
import type { Hop } from './hops.ts';

/** What a column shows. */
export interface ColumnState {
  readonly architecture: ArchitectureName;
  readonly isAlive: boolean;
  /** How often its process was started. */
  readonly life: number;
  /** By the provider's own journal. */
  readonly delivered: number;
  readonly repeated: number;
  /** By its ledger: what has no end yet, was not to be sent, or was given up. */
  readonly waiting: number;
  readonly skipped: number;
  readonly dead: number;
  /** Another column knows of them, and this one does not, though all run and rest. */
  readonly lost: number;
  /** The longest that a caller had to wait, milliseconds of the shop's clock. */
  readonly longestWaitMs: number;
  readonly breakers: Readonly<Record<string, BreakerState>>;
  /** The newest first. */
  readonly hops: readonly Hop[];
}

export interface LabState {
  readonly nowMs: number;
  /** What was done last, and why the columns differ. */
  readonly said: { readonly what: string; readonly why: string };
  /** What is broken: names of actions. */
  readonly broken: readonly string[];
  readonly isDown: boolean;
  /** Of the ids. */
  readonly seed: number;
  /** All that was done, as a word that fits a link. */
  readonly run: string;
  readonly columns: readonly ColumnState[];
}

/** What any column knows of, and another does not, though all run and rest. Of dead ones it is what it was. */
export function countLost(columns: readonly Column[]): void {
  if (!columns.every(({ isAlive }) => isAlive)) return;
  const most = Math.max(...columns.map(({ counts }) => counts.requested));
  for (const column of columns) column.lost = most - column.counts.requested;
}

/** Of all columns, while they rest. */
export function statesOf(columns: readonly Column[]): ColumnState[] {
  return columns.map((column) => {
    const { pending, skipped, deadLettered } = column.counts;
    return {
      architecture: column.architecture,
      isAlive: column.isAlive,
      life: column.life,
      delivered: column.provider.delivered,
      repeated: column.provider.repeated,
      waiting: pending,
      skipped,
      dead: deadLettered,
      lost: column.lost,
      longestWaitMs: column.longestWaitMs,
      breakers: Object.fromEntries(column.breakers),
      hops: column.hops.latest(),
    };
  });
}
