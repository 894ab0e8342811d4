import type { PathStep } from '../../../report/index.ts';
import {
  arrowKey,
  countKinds,
  foldSteps,
  type Html,
  html,
  sequenceSvg,
  wordsOf,
} from '../../../report/index.ts';
import type { ScenarioComparison, ScenarioPath } from '../comparison.ts';
import { verdictOf } from '../path.ts';

/** The paths of every scenario. One is shown at a time: style sheets choose it, no script is needed. */
export function scenarioSection(
  scenarios: readonly ScenarioComparison[],
  architectures: readonly string[],
): Html {
  return html`<section id="paths">
<h2>The path of each scenario</h2>
<p>From the command to the provider, as it was seen to happen. An arrow that repeats is drawn once, with how often.</p>
<div class="pickers">
${picker(
  'Scenario',
  scenarios.map(
    (
      { scenario, differences },
      index,
    ) => html`<input type="radio" name="scenario" id="scenario-${index}"${checked(index === 0)}>
<label for="scenario-${index}">${scenario}${differences.length === 0 ? html`` : unlike}</label>\n`,
  ),
)}
${picker(
  'Architectures',
  architectures.map(
    (architecture, index) => html`<input type="checkbox" id="architecture-${index}"${checked(true)}>
<label for="architecture-${index}">${architecture}</label>\n`,
  ),
)}
</div>
${arrowKey()}
${scenarios.map((scenario, index) => panel(scenario, index, architectures))}
</section>
`;
}

const unlike = html` ✗<span class="hidden"> not the same deliveries</span>`;

const picker = (legend: string, choices: readonly Html[]): Html =>
  html`<fieldset class="picker"><legend>${legend}</legend>
${choices}</fieldset>`;

const checked = (isChecked: boolean): Html => (isChecked ? html` checked` : html``);

function panel(scenario: ScenarioComparison, index: number, architectures: readonly string[]): Html {
  const { title, paths, differences } = scenario;
  const isAlike = differences.length === 0;
  return html`<article class="panel panel-${index}" aria-labelledby="panel-${index}">
<h3 id="panel-${index}">${scenario.scenario}</h3>
<p>${title}</p>
<p class="verdict ${isAlike ? 'alike' : 'unlike'}">${isAlike ? '✓' : '✗'} ${verdictOf(scenario)}</p>
${isAlike ? html`` : html`<ul class="plain">${differences.map((line) => html`<li><code>${line}</code></li>`)}</ul>`}
<div class="paths">
${paths.map((path) => {
  const column = architectures.indexOf(path.architecture);
  return figure(path, { id: `path-${index}-${column}`, column, scenario: scenario.scenario });
})}</div>
</article>
`;
}

interface Place {
  /** Unique on the page. */
  readonly id: string;
  readonly column: number;
  readonly scenario: string;
}

function figure({ architecture, steps, unplayable }: ScenarioPath, { id, column, scenario }: Place): Html {
  const name = `${scenario} on ${architecture}`;
  if (unplayable !== undefined)
    return html`<div class="path path-${column}"><h4>${architecture}</h4>
<p>Cannot play it: ${unplayable}.</p></div>
`;
  const folded = foldSteps(steps);
  return html`<figure class="path path-${column}">
<figcaption><h4>${architecture}</h4> ${countKinds(folded)}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${name}">
${sequenceSvg(folded, { id, title: name })}
</div>
<details><summary>As a list</summary>
<ol>${folded.map(listItem)}</ol></details>
</figure>
`;
}

const listItem = (step: PathStep): Html => html`<li>${step.from} → ${step.to}: ${wordsOf(step)}</li>\n`;

/** Shows what is picked, and hides the rest. */
export function pickerStyle(scenarioCount: number, architectureCount: number): string {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const shown = numbers(scenarioCount).map((n) => `#paths:has(#scenario-${n}:checked) .panel-${n}`);
  const hidden = numbers(architectureCount).map(
    (n) => `#paths:has(#architecture-${n}:not(:checked)) .path-${n}`,
  );
  // An older browser shows everything.
  return `@supports selector(:has(*)) { @media screen {
.panel { display: none }
${shown.join(',\n')} { display: block }
${hidden.join(',\n')} { display: none }
} }`;
}
