import { busName, type Html, html, htmlTable, inGroups, variant } from '../../../report/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import { effectsOf, faultMatrixOf, matrixLegend } from '../fault-matrix.ts';

/** The matrix of faults as a heat map; the colour is that of the worst effect, the text names them all. */
export function faultSection(outcomes: readonly FaultOutcome[]): Html {
  const { faults, rows } = faultMatrixOf(outcomes);
  return html`<section id="faults">
<h2>What breaks under faults</h2>
<p>Every architecture on every bus it can run on, under the same faults, in virtual time: these figures are the
same on every machine.</p>
${htmlTable({
  caption: 'Effects of each fault',
  heading: ['', ...faults.map(({ fault }) => fault)],
  rows: rows.map(({ architecture, bus, outcomes: cells }) => ({
    label: variant(architecture, busName(bus)),
    cells: cells.map(heatCell),
  })),
  kind: 'heat',
})}
<p class="note">${matrixLegend.join('; ')}.</p>
<dl class="faults">
${faults.map(({ fault, title, extent }) => html`<div><dt>${fault}</dt><dd>${title}; ${extent}</dd></div>\n`)}</dl>
</section>
`;
}

function heatCell(outcome: FaultOutcome | undefined): Html {
  if (outcome === undefined) return html`<td class="untried">– <span class="hidden">not tried</span></td>`;
  const [worst, ...others] = effectsOf(outcome);
  if (worst === undefined)
    return html`<td class="unharmed">✓ <span class="hidden">nobody noticed</span></td>`;
  const ofAll = worst.kind === 'blocked' ? '' : `of ${inGroups(outcome.expected)}`;
  return html`<td class="${worst.kind}"><b>${worst.text}</b> <small>${ofAll}</small>${others.map(
    ({ text }) => html`<br>${text}`,
  )}</td>`;
}
