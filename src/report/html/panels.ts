import type { Block, Document, Panel, Panels } from '../document.ts';
import { type Html, html, nothing } from './html.ts';
import { arrowKey } from './sequence-svg.ts';

type ToHtml = (blocks: readonly Block[], index: number) => Html;

/** So many fit beside one another on a screen. */
const pickedAtFirst = 2;

/** One panel is shown at a time, with the diagrams that are picked: style sheets choose, no script is needed. */
export function panelsOf({ legend, legendOfDiagrams, panels }: Panels, toHtml: ToHtml): Html {
  const names = diagramNamesOf(panels);
  return html`<div class="pickers">
${picker(
  legend,
  panels.map(
    (
      { name, warning },
      index,
    ) => html`<input type="radio" name="panel" id="panel-${index}"${checked(index === 0)}>
<label for="panel-${index}">${name}${warning === undefined ? nothing : html` ✗<span class="hidden"> ${warning}</span>`}</label>\n`,
  ),
)}
${picker(
  legendOfDiagrams,
  names.map(
    (name, index) => html`<input type="checkbox" id="diagram-${index}"${checked(index < pickedAtFirst)}>
<label for="diagram-${index}">${name}</label>\n`,
  ),
)}
</div>
${arrowKey()}
${panels.map(
  (
    { name, blocks },
    index,
  ) => html`<article class="panel panel-${index}" aria-labelledby="panel-${index}-name">
<h3 id="panel-${index}-name">${name}</h3>
${toHtml(blocks, index)}</article>
`,
)}`;
}

const picker = (legend: string, choices: readonly Html[]): Html =>
  html`<fieldset class="picker"><legend>${legend}</legend>
${choices}</fieldset>`;

const checked = (isChecked: boolean): Html => (isChecked ? html` checked` : nothing);

/** Of the panel that has the most; the others have the same, as far as they have any. */
function diagramNamesOf(panels: readonly Panel[]): string[] {
  const each = panels.map(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'diagrams' ? block.diagrams.map(({ name }) => name) : [])),
  );
  return each.toSorted((one, other) => other.length - one.length)[0] ?? [];
}

/** Shows what is picked of a document with panels, and hides the rest. */
export function pickerStyle(document: Document): string {
  const panels = document.flatMap((block) => (block.kind === 'panels' ? block.panels : []));
  const shown = panels.map((_, n) => `main:has(#panel-${n}:checked) .panel-${n}`);
  const hidden = diagramNamesOf(panels).map((_, n) => `main:has(#diagram-${n}:not(:checked)) .path-${n}`);
  if (panels.length === 0) return '';
  // An older browser shows everything.
  return `@supports selector(:has(*)) { @media screen {
.panel { display: none }
${shown.join(',\n')} { display: block }
${hidden.join(',\n')} { display: none }
} }`;
}
