export const actions = ['request', 'cancel', 'wait', 'accept', 'decline', 'fulfilled', 'noshow'] as const;

/** Something that comes from outside. */
export interface HealthRow {
  readonly atMs: number;
  readonly action: (typeof actions)[number];
  readonly patientId: string;
  /** Empty for who waits. */
  readonly slotId: string;
  /** Of `request` the code of a reason, of `cancel` by whom, of `wait` how urgent it is. */
  readonly detail: string;
}
