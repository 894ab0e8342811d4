import type { Place } from '../../http/index.ts';
import { type Html, html, nothing, plural } from '../../report/index.ts';
import { type ActionGroup, actions } from './actions.ts';
import { type Hop, stations } from './hops.ts';
import { wordOf } from './run-link.ts';
import type { ColumnState, LabState } from './state.ts';

export interface LabPage {
  readonly state: LabState;
  /** Seconds of the lab in each real one; 0: it stands still. */
  readonly speed: number;
  /** A run that the link holds, to be played; undefined: none. */
  readonly offered?: { readonly word: string; readonly count: number } | undefined;
  /** Where else there are pages. */
  readonly places: readonly Place[];
}

const groups: Readonly<Record<Exclude<ActionGroup, 'refuses'>, string>> = {
  happens: 'What happens',
  breaks: 'What breaks',
  messages: 'What goes wrong with messages',
  kills: 'What dies',
};

export const speeds = [1, 10, 60, 600] as const;
const steps = [
  [1000, '+1 s'],
  [60_000, '+1 min'],
  [3_600_000, '+1 h'],
] as const;

/** The whole page. Nothing in it is script or style: those are files. */
export const pageOf = ({ state, speed, offered, places }: LabPage): string =>
  `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Four architectures, one shop, broken by hand</title>
<link rel="icon" href="/lab/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/lab/assets/lab.css">
<script type="module" src="/lab/assets/lab.js"></script>
</head>
<body>
<a class="skip" href="#columns">Skip to the columns</a>
<header>
${places.length === 0 ? nothing : html`<nav aria-label="Pages"><ul>${places.map(({ path, name }) => (path === '/lab' ? html`<li><a href="/lab" aria-current="page">${name}</a></li>\n` : html`<li><a href="${path}">${name}</a></li>\n`))}</ul></nav>`}
<h1>Four architectures, one shop</h1>
<p class="lead">Each column is a process of its own, on a file of its own; the same happens to all of them at the same time of one virtual clock. What the customers have is counted by the provider, whatever the shop believes.</p>
</header>
<main>
${offered === undefined ? nothing : html`<form class="offer" method="post" action="/v1/lab/runs"><input type="hidden" name="run" value="${offered.word}"><p>This link holds a run of ${plural(offered.count, 'action')}. <button>Play it from the beginning</button></p></form>`}
<section id="clock" aria-label="Clock">${clockOf(state, speed)}</section>
<section id="actions" aria-label="Actions">${(Object.keys(groups) as (keyof typeof groups)[]).map((group) => groupOf(group, state))}</section>
<section id="said" role="status" aria-live="polite">
<p class="what">${state.said.what}</p>
<p class="why">${state.said.why}</p>
</section>
<p id="refused" role="alert" hidden></p>
<section id="columns" aria-label="The four architectures" tabindex="-1">${state.columns.map(columnOf)}</section>
<section id="run" aria-label="This run">${runOf(state)}</section>
</main>
<footer><p>Delivered: different messages that the provider has taken. Again: taken a second time under the same key, by which it can tell. Lost: another column has it on record, and this one never will. Times are UTC.</p></footer>
</body>
</html>
`}`;

const clockOf = ({ nowMs }: LabState, speed: number): Html => html`
<p class="now"><time datetime="${new Date(nowMs).toISOString()}">${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')}</time></p>
<form method="post" action="/v1/lab/clock">${steps.map(([ms, label]) => html`<button name="advanceMs" value="${ms}">${label}</button>\n`)}</form>
<form method="post" action="/v1/lab/clock">
${speeds.map((each) => html`<button name="speed" value="${each}" aria-pressed="${speed === each ? 'true' : 'false'}">play ×${each}</button>\n`)}
<button name="speed" value="0" aria-pressed="${speed === 0 ? 'true' : 'false'}">pause</button></form>`;

const groupOf = (group: keyof typeof groups, state: LabState): Html =>
  html`<div>${buttonsOf(group, state)}${group === 'breaks' ? refusalsOf(state) : nothing}</div>`;

const buttonsOf = (group: keyof typeof groups, { broken, isDown }: LabState): Html => html`
<form method="post" action="/v1/lab/actions"><fieldset><legend>${groups[group]}</legend>
${actions
  .filter((action) => action.group === group)
  .map(({ name, label }) =>
    isDown === (name === 'restart')
      ? html`<button name="action" value="${name}" aria-pressed="${broken.includes(name) ? 'true' : 'false'}">${label}</button>\n`
      : html`<button name="action" value="${name}" disabled>${label}</button>\n`,
  )}</fieldset></form>`;

/** One for each customer: a choice. */
const refusalsOf = ({ broken, isDown }: LabState): Html => {
  const isBroken = broken.some((name) => name.startsWith('refuse-'));
  return html`
<form method="post" action="/v1/lab/actions"><fieldset><legend class="words">Whose mailbox is gone</legend>
<select name="action" aria-label="Whose mailbox is gone">${actions
    .filter(({ group }) => group === 'refuses')
    .map(({ name, label }) =>
      broken.includes(name)
        ? html`<option value="${name}" selected>${label}</option>`
        : html`<option value="${name}">${label}</option>`,
    )}</select>
${isDown ? html`<button disabled>mailbox is gone</button>` : html`<button aria-pressed="${isBroken ? 'true' : 'false'}">mailbox is gone</button>`}
</fieldset></form>`;
};

const columnOf = (column: ColumnState): Html => html`
<article class="${column.isAlive ? 'alive' : 'dead'}" aria-labelledby="${column.architecture}-name">
<h2 id="${column.architecture}-name">${column.architecture}</h2>
<p class="life">${column.isAlive ? html`<b class="good">runs</b>` : html`<b class="bad">killed</b>`}, life ${column.life}${lights(column)}</p>
<dl>
${figure('delivered', column.delivered, 'good')}${figure('waiting', column.waiting, 'mild')}${figure('skipped', column.skipped, 'mild')}${figure('dead letters', column.dead, 'bad')}${figure('lost', column.lost, 'bad')}${figure('again', column.repeated, 'mild')}
<div><dt>a caller waited</dt><dd>${column.longestWaitMs === 0 ? '0 s' : html`<b class="bad">${column.longestWaitMs / 1000} s</b>`}</dd></div>
</dl>
<p class="stations" aria-hidden="true">${stations.map((station) => html`<span>${station}</span>`)}</p>
<ol class="hops" reversed tabindex="0" aria-label="Messages of ${column.architecture}, the newest first">${column.hops.map(hopOf)}</ol>
</article>`;

const lights = ({ breakers }: ColumnState): Html =>
  html`${Object.entries(breakers).map(([channel, state]) => html`, <b class="${state === 'closed' ? 'good' : 'bad'}">${channel} breaker ${state}</b>`)}`;

const figure = (name: string, count: number, tone: string): Html =>
  html`<div><dt>${name}</dt><dd>${count === 0 ? '0' : html`<b class="${tone}">${count}</b>`}</dd></div>\n`;

const hopOf = ({ number, atMs, kind, way, text }: Hop): Html =>
  html`<li class="${kind}" data-number="${number}">${wayOf(way)}${text} <time>${new Date(atMs).toISOString().slice(11, 19)}</time></li>\n`;

const wayOf = (way: Hop['way']): Html =>
  way === undefined
    ? nothing
    : html`<span class="track from-${way.from} to-${way.to}" aria-hidden="true"></span><span class="words">${way.from} to ${way.to}: </span>`;

const runOf = ({ run, seed }: LabState): Html =>
  html`<p><a href="/lab?run=${run}">A link to this run</a>: whoever opens it can play the same again.</p>
<form method="post" action="/v1/lab/runs"><input type="hidden" name="run" value="${wordOf({ seed, done: [] })}"><button>Begin anew</button></form>`;
