import { exactMoment, type Html, html, moment } from '../../report/index.ts';
import { inboxLink } from './links.ts';

/** `2026-03-02 10:00:07`, for people and programs. */
export const timeOf = (iso: string): Html => html`<time datetime="${iso}">${moment(Date.parse(iso))}</time>`;

/** With its milliseconds, where the order counts. */
export const exactTimeOf = (iso: string): Html =>
  html`<time datetime="${iso}">${exactMoment(Date.parse(iso))}</time>`;

/** A customer's id, leading to the inbox. `about` is read out behind it. `isHere`: it is the one that is shown. */
export function customerOf(customerId: string, about: string, { isHere = false } = {}): Html {
  const link = inboxLink(customerId);
  if (link === undefined) return html`${customerId}`;
  const name = `${customerId}${about}`;
  return isHere
    ? html`<a href="${link}" aria-label="${name}" aria-current="page">${customerId}</a>`
    : html`<a href="${link}" aria-label="${name}">${customerId}</a>`;
}

export interface Table {
  /** For those who do not see where it stands. */
  readonly caption: string;
  readonly heading: readonly string[];
  /** The first cell of each names the row. */
  readonly rows: readonly (readonly (Html | string)[])[];
  /** In place of a table without rows. */
  readonly none: string;
}

/** A table that scrolls in a container of its own where it is wider than the page. */
export const tableOf = ({ caption, heading, rows, none }: Table): Html =>
  rows.length === 0
    ? html`<p class="muted">${none}</p>`
    : html`<div class="scroll" role="region" tabindex="0" aria-label="Table: ${caption}">
<table><caption>${caption}</caption>
<thead><tr>${heading.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
        ([first = '', ...others]) =>
          html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
      )}</tbody></table></div>`;

/** A part of a page under a heading of its own. `isLive`: the script brings it up to date. */
export const sectionOf = (
  { id, heading, isLive = false }: { id: string; heading: string; isLive?: boolean },
  content: Html,
): Html => {
  const words = html`<h2 id="${id}-heading">${heading}</h2>`;
  return isLive
    ? html`<section id="${id}" aria-labelledby="${id}-heading" data-live>${words}\n${content}</section>\n`
    : html`<section id="${id}" aria-labelledby="${id}-heading">${words}\n${content}</section>\n`;
};

const tones: Readonly<Record<string, string>> = {
  sent: 'good',
  closed: 'good',
  well: 'good',
  down: 'bad',
  refuses: 'bad',
  slow: 'mild',
  busy: 'mild',
  dead_lettered: 'bad',
  open: 'bad',
  pending: 'mild',
  skipped: 'mild',
};

/** `dead-lettered`, with a colour that says the same. */
export const stateOf = (state: string): Html =>
  html`<span class="state ${tones[state] ?? 'plain'}">${state.replace('_', '-')}</span>`;

/** For the script: it brings the page up to date, unless that is paused. `cursor`: from where in the log on there is news. */
export const liveControls = (cursor?: string): Html => {
  const inner = html`<button type="button" data-pause aria-pressed="false">Pause updates</button>
<p role="status" data-news></p>`;
  return cursor === undefined
    ? html`<div class="live" data-scripted hidden>${inner}</div>`
    : html`<div class="live" data-scripted data-events="${cursor}" hidden>${inner}</div>`;
};
