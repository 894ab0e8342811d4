/** Figures of the same thing, one a round. */
export interface Rounds<Name> {
  readonly name: Name;
  readonly figures: readonly number[];
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((one, other) => one - other);
  const [low = 0, high = 0] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return { median: (low + high) / 2, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

/**
 * The least first, by their medians. Those stand in one group whose order was another one in some round: no figure
 * says which of them comes first.
 */
export function ranked<Name>(all: readonly Rounds<Name>[]): Name[][] {
  const sorted = [...all].sort((one, other) => spreadOf(one.figures).median - spreadOf(other.figures).median);
  const groups: Rounds<Name>[][] = [];
  for (const next of sorted) {
    const last = groups.at(-1);
    if (last?.some((before) => swap(before, next)) === true) last.push(next);
    else groups.push([next]);
  }
  return groups.map((group) => group.map(({ name }) => name));
}

/** Whether what is the lesser by its median was not so in every round. */
const swap = <Name>(lesser: Rounds<Name>, greater: Rounds<Name>): boolean =>
  lesser.figures.some((figure, round) => figure >= (greater.figures[round] ?? Number.POSITIVE_INFINITY));
