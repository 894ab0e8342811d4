import { countKinds, foldSteps, type PathStep } from '../diagram.ts';
import type { Diagram, Diagrams } from '../document.ts';
import { type Html, html } from './html.ts';
import { sequenceSvg, wordsOf } from './sequence-svg.ts';

/** Drawings side by side, each with its steps as a list, for those who read rather than look. */
export const figuresOf = ({ of, diagrams }: Diagrams, id: string): Html =>
  html`<div class="paths">
${diagrams.map((diagram, column) => figureOf(diagram, column, { id: `${id}-${column}`, title: `${of} on ${diagram.name}` }))}</div>
`;

function figureOf(
  { name, steps, missing }: Diagram,
  column: number,
  labels: { readonly id: string; readonly title: string },
): Html {
  if (missing !== undefined)
    return html`<div class="path path-${column}"><h4>${name}</h4>
<p class="text">${missing}.</p></div>
`;
  const folded = foldSteps(steps);
  return html`<figure class="path path-${column}">
<figcaption><h4>${name}</h4> ${countKinds(folded)}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${labels.title}">
${sequenceSvg(folded, labels)}
</div>
<details><summary>As a list</summary>
<ol>${folded.map(listItem)}</ol></details>
</figure>
`;
}

const listItem = (step: PathStep): Html => html`<li>${step.from} → ${step.to}: ${wordsOf(step)}</li>\n`;
