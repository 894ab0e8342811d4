import {
  busName,
  type Cell,
  cut,
  drawGrid,
  drawHeading,
  type Terminal,
  wrap,
} from '../../../report/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import { type EffectKind, effectsOf, type Fault, faultMatrixOf, matrixLegend } from '../fault-matrix.ts';
import { rowsByArchitecture } from './rows.ts';

/** The matrix of faults, with what each of them is. Empty when there was none. */
export function drawFaults(outcomes: readonly FaultOutcome[], terminal: Terminal): string[] {
  if (outcomes.length === 0) return [];
  const { colors, width } = terminal;
  const { faults, rows } = faultMatrixOf(outcomes);
  const heading = { label: '', cells: faults.map(({ fault }) => stacked(fault).map(colors.bold)) };
  const body = rowsByArchitecture(
    rows.map(({ outcomes: cells, ...row }) => ({
      ...row,
      cells: cells.map((outcome) => cellOf(outcome, colors)),
    })),
    busName,
  );
  return [
    ...drawHeading('Faults, in virtual time', terminal),
    ...drawGrid([heading, ...body], width),
    '',
    ...faults.flatMap((fault) => describe(fault, terminal)),
    ...wrap(matrixLegend.join('; '), width).map(colors.dim),
  ];
}

/** One word a line, so that the column is no wider than it needs to be: `slow-` over `provider`. */
const stacked = (name: string): string[] => name.split(/(?<=-)/);

function cellOf(outcome: FaultOutcome | undefined, colors: Terminal['colors']): Cell {
  if (outcome === undefined) return [colors.dim('–')];
  const effects = effectsOf(outcome);
  if (effects.length === 0) return [colors.green('✓')];
  return effects.map(({ kind, text }) => styleOf(kind, colors)(text));
}

function styleOf(kind: EffectKind, colors: Terminal['colors']): (text: string) => string {
  if (kind === 'lost') return colors.red;
  return kind === 'doubled' ? colors.magenta : colors.yellow;
}

function describe({ fault, title, extent }: Fault, { colors, width }: Terminal): string[] {
  const [first = '', ...rest] = wrap(`${fault}: ${title}; ${extent}`, width);
  return [first, ...rest.map((line) => `  ${line}`)].map((line) => colors.dim(cut(line, width)));
}
