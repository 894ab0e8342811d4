import { type Document, plural, toPage, unique } from '../../report/index.ts';
import type { Comparison } from './comparison.ts';
import { pageDocument } from './document.ts';

/** The whole comparison as one HTML page that needs nothing beside it. The same comparison gives the same page. */
export const comparisonPage = (comparison: Comparison): string =>
  toPage([...pageDocument(comparison), ...reproductionOf(comparison)], {
    title: 'Call the notifier, or publish events? Notification architectures compared',
    kicker: 'Notification architectures, measured',
    headline: 'Should services call the notifier, or publish events?',
    lead: `${extentOf(comparison)}. Every figure comes from a run of the code or from its import graph; none is typed in.`,
    footer: 'The same shop, the same rules, channels and datastore; only the architecture differs.',
  });

/** What was measured, in a line. */
function extentOf({ architectures, scenarios, faults }: Comparison): string {
  const kinds = unique(faults.map(({ fault }) => fault)).length;
  const runs = faults.reduce((sum, each) => sum + each.runs, 0);
  return [
    `One shop on ${plural(architectures.length, 'architecture')}`,
    ...(scenarios.length === 0 ? [] : [plural(scenarios.length, 'scenario')]),
    ...(kinds === 0
      ? []
      : [`${plural(kinds, 'kind of fault', 'kinds of faults')} in ${plural(runs, 'run')}`]),
  ].join(', ');
}

const reproductionOf = ({ server }: Comparison): Document => [
  { kind: 'heading', id: 'reproduce', name: 'Reproduce', text: 'How to reproduce' },
  { kind: 'paragraph', lines: [{ text: 'In a clone of the repository, with Node 20.19 or newer:' }] },
  {
    kind: 'code',
    text: `npm ci\nnpm run compare\nnpm run compare -- --html comparison.html${server ? ' --data postgres://…' : ''}`,
  },
  {
    kind: 'paragraph',
    lines: [
      { text: 'Times, throughput and memory depend on the machine. All other figures come out the same.' },
    ],
  },
];
