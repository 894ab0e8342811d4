import { type HandOverName, handOverNames } from '../../../api-driven/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  hasBus,
  type WorldOptions,
} from '../../../shop/index.ts';

/** How what happens is handed over: by one of the buses, or by a call. */
export type HandOver = BusName | HandOverName;

/** An architecture, and how what happens is handed over in it. */
export interface Variant {
  readonly architecture: ArchitectureName;
  readonly handOver: HandOver;
}

/** All that there are, in the order of the rows. */
export const variants: readonly Variant[] = architectureNames.flatMap((architecture): Variant[] => {
  const handOvers: readonly HandOver[] = hasBus(architecture) ? busNames : handOverNames;
  return handOvers.map((handOver) => ({ architecture, handOver }));
});

/** What a world is told of it. */
export function optionsOf({
  architecture,
  handOver,
}: Variant): Pick<WorldOptions, 'architecture' | 'bus' | 'handOver'> {
  const bus = busNames.find((name) => name === handOver);
  if (bus !== undefined) return { architecture, bus };
  return { architecture, handOver: handOver as HandOverName };
}
