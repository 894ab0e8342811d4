import { cell, type Html, html, htmlTable, plural, styleSheet, unique } from '../../report/index.ts';
import { answersOf, busLegend } from './answers.ts';
import type { Comparison, DeclaredDivergence, ExplanationCost } from './comparison.ts';
import { behaviourSection } from './page/behaviour.ts';
import { couplingSection } from './page/coupling.ts';
import { faultSection } from './page/faults.ts';
import { pickerStyle, scenarioSection } from './page/scenarios.ts';

/**
 * The whole comparison as one HTML page that needs nothing beside it: no script, no font, no request. The
 * same comparison gives the same page. What was not measured is left out.
 */
export function comparisonPage(comparison: Comparison): string {
  const { scenarios, architectures } = comparison;
  const style = styleSheet + pickerStyle(scenarios.length, architectures.length);
  const sections = sectionsOf(comparison);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Call the notifier, or publish events? Notification architectures compared</title>
<link rel="icon" href="data:,">
<style>${{ markup: style }}</style>
</head>
<body>
${header(comparison, sections)}
<main>
${sections.map(({ content }) => content)}</main>
<footer>
<p>The same shop, the same rules, channels and datastore; only the architecture differs.</p>
</footer>
</body>
</html>
`.markup;
}

interface Section {
  readonly id: string;
  readonly name: string;
  readonly content: Html;
}

function sectionsOf(comparison: Comparison): Section[] {
  const { faults, scenarios, behaviour, coupling, explanations, divergences, architectures } = comparison;
  const section = (id: string, name: string, measured: readonly unknown[], content: () => Html): Section[] =>
    measured.length === 0 ? [] : [{ id, name, content: content() }];
  return [
    ...section('summary', 'Summary', answersOf(comparison), () => summarySection(comparison)),
    ...section('faults', 'Faults', faults, () => faultSection(faults)),
    ...section('paths', 'Paths', scenarios, () => scenarioSection(scenarios, architectures)),
    ...section('behaviour', 'Times', behaviour, () => behaviourSection(comparison)),
    ...section('coupling', 'Coupling', coupling, () => couplingSection(coupling)),
    ...section('explain', 'Explain', explanations, () => explanationSection(explanations)),
    ...section('divergences', 'Divergences', divergences, () => divergenceSection(divergences)),
    { id: 'reproduce', name: 'Reproduce', content: reproduceSection() },
  ];
}

function header(comparison: Comparison, sections: readonly Section[]): Html {
  return html`<header>
<p class="kicker">Notification architectures, measured</p>
<h1>Should services call the notifier, or publish events?</h1>
<p class="lead">${extentOf(comparison)}. Every figure comes from a run of the code or from its import graph; none is
typed in.</p>
<nav aria-label="Sections"><ul>
${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>\n`)}</ul></nav>
</header>
`;
}

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

function summarySection(comparison: Comparison): Html {
  return html`<section id="summary">
<h2>The short answer</h2>
${htmlTable({
  caption: 'What each architecture costs and gives',
  heading: [busLegend(comparison), ...comparison.architectures],
  rows: answersOf(comparison).map(({ question, answers }) => ({ label: question, cells: answers.map(cell) })),
  isEven: true,
})}
</section>
`;
}

function explanationSection(explanations: readonly ExplanationCost[]): Html {
  return html`<section id="explain">
<h2>Why was this customer not notified?</h2>
<p>Whom one has to ask for the answer.</p>
${htmlTable({
  caption: 'Rooms asked',
  heading: ['architecture', 'rooms', 'asked'],
  rows: explanations.map(({ architecture, askedRooms }) => ({
    label: architecture,
    cells: [cell(String(askedRooms.length)), cell(askedRooms.join(', '))],
  })),
})}
</section>
`;
}

function divergenceSection(divergences: readonly DeclaredDivergence[]): Html {
  return html`<section id="divergences">
<h2>Declared divergences</h2>
<p>What an architecture does otherwise than the others, with the test that shows it.</p>
${htmlTable({
  caption: 'Declared divergences',
  heading: ['architecture', 'divergence', 'shown by'],
  rows: divergences.map(({ architecture, id, words, shownBy }) => ({
    label: architecture,
    cells: [cell(html`${words} <code>${id}</code>`), cell(html`<code>${shownBy}</code>`)],
  })),
})}
</section>
`;
}

const reproduceSection = (): Html => html`<section id="reproduce">
<h2>How to reproduce</h2>
<p>In a clone of the repository, with Node 20.19 or newer:</p>
<div class="scroll" role="region" tabindex="0" aria-label="Commands">
<pre><code>npm ci
npm run compare
npm run compare -- --html comparison.html</code></pre>
</div>
<p>Times, throughput and memory depend on the machine. All other figures come out the same.</p>
</section>
`;
