import { type HandOverName, handOverNames } from '../../../api-driven/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  hasBus,
  type WorldOptions,
} from '../../../shop/index.ts';
import { embeddedHandOver, onServerSuffix } from '../hand-over.ts';

type Embedded = BusName | HandOverName;

/** How what happens is handed over: by one of the buses, or by a call; and whether its datastore is on a server. */
export type HandOver = Embedded | `${Embedded}${typeof onServerSuffix}`;

/** An architecture, and how what happens is handed over in it. */
export interface Variant {
  readonly architecture: ArchitectureName;
  readonly handOver: HandOver;
}

const embeddedIn = (architecture: ArchitectureName): readonly Embedded[] =>
  hasBus(architecture) ? busNames : handOverNames;

/** In one process, in the order of the rows. */
export const variants: readonly Variant[] = architectureNames.flatMap((architecture) =>
  embeddedIn(architecture).map((handOver) => ({ architecture, handOver })),
);

/** The same, and each architecture once more on a server: in the way that loses nothing. */
export const variantsWithServer: readonly Variant[] = architectureNames.flatMap((architecture): Variant[] => [
  ...variants.filter((each) => each.architecture === architecture),
  {
    architecture,
    handOver: `${hasBus(architecture) ? 'durable' : 'transactional'}${onServerSuffix}`,
  },
]);

export const isOnServer = ({ handOver }: Pick<Variant, 'handOver'>): boolean =>
  handOver.endsWith(onServerSuffix);

/** What a world is told of it. */
export function optionsOf({
  architecture,
  handOver,
}: Variant): Pick<WorldOptions, 'architecture' | 'bus' | 'handOver'> {
  const embedded = embeddedHandOver(handOver);
  const bus = busNames.find((name) => name === embedded);
  if (bus !== undefined) return { architecture, bus };
  return { architecture, handOver: embedded as HandOverName };
}
