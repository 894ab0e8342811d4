import { cell, type Html, html, htmlTable, inGroups } from '../../../report/index.ts';
import type { Coupling } from '../comparison.ts';
import { type Reached, reachOf, servicesOf } from '../reach.ts';

const figures: readonly (readonly [label: string, figureOf: (coupling: Coupling) => number])[] = [
  ['Files that know when to tell whom', ({ filesThatKnowTheRules }) => filesThatKnowTheRules.length],
  ['Files to touch for a new notification type', ({ filesTouched }) => filesTouched.notificationType],
  ['Files to touch for a new channel', ({ filesTouched }) => filesTouched.channel],
  ['Files to touch for a new subscriber', ({ filesTouched }) => filesTouched.subscriber],
  ['Modules that import it', ({ fanIn }) => fanIn],
  ['Modules it imports', ({ fanOut }) => fanOut],
  ['Files', ({ files }) => files],
  ['Lines of code, without blanks and comments', ({ linesOfCode }) => linesOfCode],
];

/** Who reaches and knows what, a column for each architecture. */
export function couplingSection(coupling: readonly Coupling[]): Html {
  const heading = ['', ...coupling.map(({ architecture }) => architecture)];
  return html`<section id="coupling">
<h2>What knows what</h2>
<p>From the import graph, and from the tables that were seen to be used.</p>
${htmlTable({
  caption: 'Coupling and size',
  heading,
  rows: figures.map(([label, figureOf]) => ({
    label,
    cells: coupling.map((each) => cell(inGroups(figureOf(each)))),
  })),
  kind: 'numbers',
  isEven: true,
})}
<h3>What each service reaches</h3>
<p>Marked with a plus: what not every architecture makes it reach.</p>
${htmlTable({
  caption: 'Rooms and tables of each service',
  heading,
  rows: servicesOf(coupling).map((service) => ({
    label: service,
    cells: coupling.map(({ architecture }) => reachCell(coupling, architecture, service)),
  })),
  isEven: true,
})}
<h3>Who knows when to tell whom</h3>
${htmlTable({
  caption: 'Files that know the rules',
  heading: ['architecture', 'files'],
  rows: coupling.map(({ architecture, filesThatKnowTheRules }) => ({
    label: architecture,
    cells: [
      html`<td><ul class="plain">${filesThatKnowTheRules.map((file) => html`<li><code>${file}</code></li>`)}</ul></td>`,
    ],
  })),
})}
</section>
`;
}

function reachCell(coupling: readonly Coupling[], architecture: string, service: string): Html {
  const { rooms, tables } = reachOf(coupling, architecture, service);
  return html`<td>${reachList('rooms', rooms)}${reachList('tables', tables)}</td>`;
}

const reachList = (label: string, reached: readonly Reached[]): Html =>
  html`<p class="reach"><span class="label">${label}</span> ${reached.map(
    ({ name, isExtra }) =>
      html`<span class="chip${isExtra ? ' extra' : ''}">${isExtra ? '+ ' : ''}${name}</span> `,
  )}</p>`;
