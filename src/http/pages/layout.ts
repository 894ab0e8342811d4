import { type Html, html } from '../../report/index.ts';
import type { Guest, Place } from '../guest.ts';
import type { HttpError } from '../problem.ts';
import type { Page } from './page.ts';

export interface About {
  readonly architecture: string;
  readonly bus: string;
  readonly guests?: readonly Guest[];
}

const own: readonly Place[] = [
  { path: '/dashboard', name: 'Dashboard' },
  { path: '/inbox', name: 'Inboxes' },
  { path: '/explain', name: 'Explain' },
  { path: '/flow', name: 'Flows' },
  { path: '/dead-letters', name: 'Dead letters' },
];

/** The pages in their order. */
export const placesWith = ([first, ...others]: readonly Guest[] = []): readonly Place[] =>
  first === undefined ? own : [first.place, ...own, ...others.map(({ place }) => place)];

/** A whole page. Nothing in it is script or style: those are files, so that no text of anybody's can be one. */
export const pageOf = ({ title, lead, at, content }: Page, { architecture, bus, guests }: About): string =>
  `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · the shop</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/uplot.css">
<link rel="stylesheet" href="/assets/pages.css">
<script type="module" src="/assets/pages.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<p class="kicker">The shop, and how its customers are told: ${architecture}, ${bus} bus</p>
<nav aria-label="Pages"><ul>
${placesWith(guests).map(({ path, name }) => html`<li>${path === at ? html`<a href="${path}" aria-current="page">${name}</a>` : html`<a href="${path}">${name}</a>`}</li>\n`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
<p class="lead">${lead}</p>
${content}
</main>
<footer><p>Times are in UTC. What is shown of the shop is read from its API, which every button that changes it asks: <a href="/docs">what it can do</a>.</p></footer>
</body>
</html>
`}`;

/** Why there is nothing to show. */
export const refusalOf = ({ message, help }: HttpError): Html =>
  html`<p class="problem" role="alert"><b>${message}.</b> ${help}</p>`;
