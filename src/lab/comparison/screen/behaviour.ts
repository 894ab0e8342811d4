import {
  busName,
  drawHeading,
  drawTable,
  inGroups,
  measured,
  type Terminal,
  wrap,
} from '../../../report/index.ts';
import type { Behaviour, Comparison } from '../comparison.ts';
import { rowsByArchitecture } from './rows.ts';

/** How long it takes, and how much is done. Empty when nothing was measured. */
export function drawBehaviour({ behaviour, machine }: Comparison, terminal: Terminal): string[] {
  if (behaviour.length === 0) return [];
  const { colors, width } = terminal;
  const heading = {
    label: '',
    cells: ['', 'hand-over', 'hand-over', 'caller', 'caller', 'deliveries', 'peak'],
  };
  const units = { label: '', cells: ['hops', 'p50', 'p99', 'p50', 'p99', 'per s', 'MB'], style: colors.bold };
  const rows = rowsByArchitecture(
    behaviour.map((each) => ({ ...each, cells: figuresOf(each) })),
    busName,
  );
  const note =
    'Hand-over: ms from the command to the provider, which takes 50 ms. Caller: ms until the command ' +
    `returns. All but the hops were measured on ${machine}.`;
  return [
    ...drawHeading('Behaviour', terminal),
    ...drawTable({ ...heading, style: colors.bold }, [units, ...rows], width),
    '',
    ...wrap(note, width).map(colors.dim),
  ];
}

const figuresOf = ({ hops, handOverMs, callerMs, deliveriesPerSecond, peakMb }: Behaviour): string[] => [
  inGroups(hops),
  measured(handOverMs.p50),
  measured(handOverMs.p99),
  measured(callerMs.p50),
  measured(callerMs.p99),
  measured(deliveriesPerSecond),
  measured(peakMb),
];
