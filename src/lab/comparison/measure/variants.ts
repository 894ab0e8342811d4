import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  hasBus,
} from '../../../shop/index.ts';

/** An architecture on one of its buses; null where nothing flows on a bus. */
export interface Variant {
  readonly architecture: ArchitectureName;
  readonly bus: BusName | null;
}

/** All that there are, in the order of the rows. */
export const variants: readonly Variant[] = architectureNames.flatMap((architecture): Variant[] =>
  hasBus(architecture) ? busNames.map((bus) => ({ architecture, bus })) : [{ architecture, bus: null }],
);
