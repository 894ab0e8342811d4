import type { Terminal } from '../../../report/index.ts';
import { drawEntry, drawHeading, drawTable, inGroups, listed, type Row } from '../../../report/index.ts';
import type { Coupling, ServiceCoupling } from '../comparison.ts';
import { extrasOf, serviceOf, servicesOf } from '../reach.ts';

/** Who reaches and knows what, a column for each architecture. Empty when nothing was measured. */
export function drawCoupling(coupling: readonly Coupling[], terminal: Terminal): string[] {
  if (coupling.length === 0) return [];
  const { colors, width } = terminal;
  const heading = {
    label: '',
    cells: coupling.map(({ architecture }) => architecture),
    style: colors.bold,
  };
  return [
    ...drawHeading('Coupling, from the import graph and the tables in use', terminal),
    ...drawTable(heading, rowsOf(coupling), width),
    ...drawExtras(coupling, terminal),
    '',
    ...drawHeading('Who knows whom to tell when', terminal),
    ...coupling.flatMap(({ architecture, filesThatKnowTheRules }) =>
      drawEntry(architecture, filesThatKnowTheRules.join(', '), terminal),
    ),
  ];
}

function rowsOf(coupling: readonly Coupling[]): Row[] {
  const services = servicesOf(coupling);
  const row = (label: string, figure: (of: Coupling) => number): Row => ({
    label,
    cells: coupling.map((each) => inGroups(figure(each))),
  });
  const reached = (of: (service: ServiceCoupling) => readonly string[]): Row[] =>
    services.map((name) => ({
      label: `  ${name}`,
      cells: coupling.map((each) => {
        const service = serviceOf(each, name);
        return service === undefined ? '–' : String(of(service).length);
      }),
    }));
  return [
    { label: 'rooms a service reaches', cells: [] },
    ...reached(({ rooms }) => rooms),
    { label: 'tables a service uses', cells: [] },
    ...reached(({ tables }) => tables),
    row('files that know the rules', ({ filesThatKnowTheRules }) => filesThatKnowTheRules.length),
    { label: 'files to touch for a new', cells: [] },
    row('  notification type', ({ filesTouched }) => filesTouched.notificationType),
    row('  channel', ({ filesTouched }) => filesTouched.channel),
    row('  subscriber', ({ filesTouched }) => filesTouched.subscriber),
    row('modules that import it', ({ fanIn }) => fanIn),
    row('modules it imports', ({ fanOut }) => fanOut),
    row('files', ({ files }) => files),
    row('lines of code', ({ linesOfCode }) => linesOfCode),
  ];
}

/** What services reach in one architecture, and not in all of them. */
function drawExtras(coupling: readonly Coupling[], terminal: Terminal): string[] {
  const lines = extrasOf(coupling).flatMap(({ architecture, services, rooms, tables }) => {
    const reached = [...rooms.map((room) => `${room}/`), ...tables].join(', ');
    return drawEntry(`${architecture}, ${listed(services)}`, reached, terminal);
  });
  if (lines.length === 0) return [];
  return ['', ...drawHeading('Reached there, and not everywhere (rooms/ and tables)', terminal), ...lines];
}
