import { type Cell, type Document, inGroups, listed, type Row } from '../../../report/index.ts';
import type { Coupling } from '../comparison.ts';
import { extrasOf, type Reached, reachOf, servicesOf } from '../reach.ts';

/** Who reaches and knows what, a column for each architecture. */
export function couplingBlocks(coupling: readonly Coupling[]): Document {
  if (coupling.length === 0) return [];
  const names = coupling.map(({ architecture }) => architecture);
  return [
    {
      kind: 'heading',
      id: 'coupling',
      name: 'Coupling',
      text: 'Coupling, from the import graph and the tables in use',
    },
    {
      kind: 'table',
      caption: 'Coupling and size',
      heading: ['', ...names],
      variants: { heading: '', none: '' },
      rows: figuresOf(coupling),
    },
    ...extraBlocks(coupling),
    {
      kind: 'fold',
      title: 'All that each service reaches; in bold, what it does not reach in every architecture',
      blocks: [
        {
          kind: 'table',
          caption: 'Rooms and tables of each service',
          heading: ['', ...names],
          rows: reachedBy(coupling),
          of: 'words',
        },
      ],
    },
    { kind: 'heading', level: 3, text: 'Who knows whom to tell when' },
    {
      kind: 'list',
      items: coupling.map(({ architecture, filesThatKnowTheRules }) => ({
        term: architecture,
        texts: filesThatKnowTheRules.map((text) => ({ text, isCode: true })),
      })),
    },
  ];
}

function figuresOf(coupling: readonly Coupling[]): Row[] {
  const touched = 'files to touch for a new';
  const row = (label: string, figureOf: (of: Coupling) => number, variant: string | null = null): Row => ({
    label,
    variant,
    cells: coupling.map((each) => inGroups(figureOf(each))),
  });
  return [
    ...differingReach(coupling, 'rooms', 'rooms a service reaches'),
    ...differingReach(coupling, 'tables', 'tables a service uses'),
    row('files that know the rules', ({ filesThatKnowTheRules }) => filesThatKnowTheRules.length),
    row(touched, ({ filesTouched }) => filesTouched.event, 'event'),
    row(touched, ({ filesTouched }) => filesTouched.notificationType, 'notification type'),
    row(touched, ({ filesTouched }) => filesTouched.channel, 'channel'),
    row(touched, ({ filesTouched }) => filesTouched.subscriber, 'subscriber'),
    row('modules that import it', ({ fanIn }) => fanIn),
    row('modules it imports', ({ fanOut }) => fanOut),
    row('files', ({ files }) => files),
    row('lines of code', ({ linesOfCode }) => linesOfCode),
  ];
}

/** How much each service reaches, where the architectures differ in it. */
function differingReach(coupling: readonly Coupling[], of: 'rooms' | 'tables', label: string): Row[] {
  const rows = servicesOf(coupling).map((service) => ({
    label,
    variant: service,
    cells: coupling.map(({ architecture }) => String(reachOf(coupling, architecture, service)[of].length)),
  }));
  return rows.filter(({ cells }) => new Set(cells).size > 1);
}

/** What services reach in one architecture, and not in all of them. */
function extraBlocks(coupling: readonly Coupling[]): Document {
  const items = extrasOf(coupling).map(({ architecture, services, rooms, tables }) => ({
    term: `${architecture}, ${listed(services)}`,
    texts: [...rooms.map((room) => `${room}/`), ...tables],
  }));
  if (items.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: 'Reached there, and not everywhere (rooms/ and tables)' },
    { kind: 'list', items },
  ];
}

/** Two rows for each service: its rooms and its tables. */
function reachedBy(coupling: readonly Coupling[]): Row[] {
  const row = (service: string, of: 'rooms' | 'tables'): Row => ({
    label: `${service}, ${of}`,
    cells: coupling.map(({ architecture }) => cellOf(reachOf(coupling, architecture, service)[of])),
  });
  return servicesOf(coupling).flatMap((service) => [row(service, 'rooms'), row(service, 'tables')]);
}

const cellOf = (reached: readonly Reached[]): Cell =>
  reached.length === 0
    ? '–'
    : reached.map(({ name, isExtra }) => (isExtra ? { text: name, tone: 'strong' } : name));
