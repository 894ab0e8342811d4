import { busName, type Html, html, htmlTable, inGroups, measured, variant } from '../../../report/index.ts';
import type { Behaviour, Comparison } from '../comparison.ts';

const columns: readonly (readonly [heading: string, figureOf: (behaviour: Behaviour) => number])[] = [
  ['hand-over p50, ms', ({ handOverMs }) => handOverMs.p50],
  ['hand-over p99, ms', ({ handOverMs }) => handOverMs.p99],
  ['caller p50, ms', ({ callerMs }) => callerMs.p50],
  ['caller p99, ms', ({ callerMs }) => callerMs.p99],
  ['deliveries/s', ({ deliveriesPerSecond }) => deliveriesPerSecond],
  ['peak MB', ({ peakMb }) => peakMb],
];

/** How long it takes and how much is done, with a bar under each figure that compares it down its column. */
export function behaviourSection({ behaviour, machine }: Comparison): Html {
  const most = columns.map(([, figureOf]) => Math.max(...behaviour.map(figureOf)));
  return html`<section id="behaviour">
<h2>How long it takes</h2>
<p>Hand-over: from the command to the provider, which takes 50 ms. Caller: until the command returns. All but the hops
depend on the machine; these were measured on ${machine}.</p>
${htmlTable({
  caption: 'Hops, times, throughput and memory',
  heading: ['', 'hops', ...columns.map(([heading]) => heading)],
  rows: behaviour.map((each) => ({
    label: variant(each.architecture, busName(each.bus)),
    cells: [
      html`<td>${inGroups(each.hops)}</td>`,
      ...columns.map(([, figureOf], index) => withBar(figureOf(each), most[index] ?? 0)),
    ],
  })),
  kind: 'numbers',
})}
</section>
`;
}

function withBar(figure: number, most: number): Html {
  const percent = most > 0 ? Math.round((figure / most) * 100) : 0;
  return html`<td>${measured(figure)}<span class="bar" style="width:${percent}%"></span></td>`;
}
