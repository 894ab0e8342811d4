import type { ShadowResult } from '../shadow.ts';

/** Whether they decide alike, in everything. */
export const areAlike = ({ differences, refusals }: ShadowResult): boolean =>
  differences.count + refusals.length === 0;
