/** How a delivery ended, or that it still waits. */
export interface DeliveryEnd {
  readonly status: string;
  /** Null while it waits for the first time. */
  readonly reason: string | null;
  /** Milliseconds since the epoch; null when it never came to an end. */
  readonly settledAtMs: number | null;
}

const differenceKinds = ['missing', 'added', 'status', 'reason', 'time', 'wording'] as const;
/** `missing`: the candidate does not tell them; `added`: it alone does; the others: it does so otherwise. */
export type DifferenceKind = (typeof differenceKinds)[number];

/** One delivery about which the two did not decide the same. */
export interface DeliveryDifference {
  /** What differs, the weightiest first; never empty. */
  readonly kinds: readonly DifferenceKind[];
  readonly notification: string;
  readonly customerId: string;
  readonly channel: string;
  /** The id of the cause's entity. */
  readonly subject: string;
  /** When the cause happened: milliseconds since the epoch. */
  readonly occurredAtMs: number;
  /** Left out on the side that was never asked for it. */
  readonly current?: DeliveryEnd;
  readonly candidate?: DeliveryEnd;
  /** The names of the variables, as they stand in the templates, that would read otherwise. */
  readonly wording: readonly string[];
}

/** A line of the history that one of them took and the other did not, or for another reason. */
export interface RefusalDifference {
  readonly lineNumber: number;
  /** The code of its error; undefined on the side that took the command. */
  readonly current: string | undefined;
  readonly candidate: string | undefined;
}

/** `sent`, `skipped: opted_out`, `pending: quiet_hours`, `not requested` */
export function endInWords(end: DeliveryEnd | undefined): string {
  if (end === undefined) return 'not requested';
  const { status, reason } = end;
  const name = status.replace('_', '-');
  return reason === null || reason === status ? name : `${name}: ${reason}`;
}
