/** What belongs to an architecture on one of its buses. */
interface OnBus<Of> {
  readonly architecture: string;
  readonly bus: string | null;
  readonly cells: readonly Of[];
}

/** A row for each bus under the name of its architecture; one row for an architecture without a bus. */
export function rowsByArchitecture<Of>(
  rows: readonly OnBus<Of>[],
  nameOf: (bus: string | null) => string,
): { readonly label: string; readonly cells: readonly Of[] }[] {
  return rows.flatMap(({ architecture, bus, cells }, index) => {
    if (bus === null) return [{ label: architecture, cells }];
    const isFirst = rows[index - 1]?.architecture !== architecture;
    const head = isFirst ? [{ label: architecture, cells: [] }] : [];
    return [...head, { label: `  ${nameOf(bus)}`, cells }];
  });
}
