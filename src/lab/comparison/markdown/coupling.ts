import { code, escaped, inGroups, tableOf } from '../../../report/index.ts';
import type { Comparison, Coupling } from '../comparison.ts';
import { type Reached, reachOf, servicesOf } from '../reach.ts';

/** Who reaches and knows what, a column for each architecture. */
export function couplingSection({ coupling }: Comparison): string[] {
  if (coupling.length === 0) return [];
  const names = coupling.map(({ architecture }) => escaped(architecture));
  return [
    '## Coupling',
    '',
    'From the import graph, and from the tables that were seen to be used.',
    '',
    ...tableOf(['', ...names], figures(coupling), 'right'),
    '',
    'What each service reaches. In bold: not in every architecture.',
    '',
    ...tableOf(['', ...names], reached(coupling)),
    '',
    'Files that know when to tell whom:',
    '',
    ...coupling.map(
      ({ architecture, filesThatKnowTheRules }) =>
        `- ${escaped(architecture)}: ${filesThatKnowTheRules.map(code).join(', ')}`,
    ),
    '',
  ];
}

function figures(coupling: readonly Coupling[]): string[][] {
  const row = (label: string, figure: (of: Coupling) => number): string[] => [
    label,
    ...coupling.map((each) => inGroups(figure(each))),
  ];
  return [
    row('Files that know when to tell whom', ({ filesThatKnowTheRules }) => filesThatKnowTheRules.length),
    row('Files to touch for a new notification type', ({ filesTouched }) => filesTouched.notificationType),
    row('Files to touch for a new channel', ({ filesTouched }) => filesTouched.channel),
    row('Files to touch for a new subscriber', ({ filesTouched }) => filesTouched.subscriber),
    row('Modules that import it', ({ fanIn }) => fanIn),
    row('Modules it imports', ({ fanOut }) => fanOut),
    row('Files', ({ files }) => files),
    row('Lines of code, without blanks and comments', ({ linesOfCode }) => linesOfCode),
  ];
}

/** Two rows for each service: its rooms and its tables. */
function reached(coupling: readonly Coupling[]): string[][] {
  const row = (service: string, of: 'rooms' | 'tables'): string[] => [
    `${escaped(service)}, ${of}`,
    ...coupling.map(({ architecture }) => marked(reachOf(coupling, architecture, service)[of])),
  ];
  return servicesOf(coupling).flatMap((service) => [row(service, 'rooms'), row(service, 'tables')]);
}

const marked = (reached: readonly Reached[]): string =>
  reached.map(({ name, isExtra }) => (isExtra ? `**${escaped(name)}**` : escaped(name))).join(', ') || '–';
