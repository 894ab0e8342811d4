import type { Document } from '../document.ts';
import { type Html, html, markup } from './html.ts';
import { pickerStyle } from './panels.ts';
import { sectionsOf, toHtml } from './print.ts';
import { styleSheet } from './style.ts';

export interface PageOptions {
  /** Of the window. */
  readonly title: string;
  /** Above the headline, and below it. */
  readonly kicker: string;
  readonly headline: string;
  readonly lead: string;
  readonly footer: string;
}

/**
 * A document as one HTML page that needs nothing beside it: no script, no font, no request. Its sections begin with
 * the headings that have an id; the contents lead to them.
 */
export function toPage(document: Document, { title, kicker, headline, lead, footer }: PageOptions): string {
  const sections = sectionsOf(document);
  return alone(
    title,
    styleSheet + pickerStyle(document),
    html`<header>
<p class="kicker">${kicker}</p>
<h1>${headline}</h1>
<p class="lead">${lead}</p>
<nav aria-label="Sections"><ul>
${sections.map(({ id, name }): Html => html`<li><a href="#${id}">${name}</a></li>\n`)}</ul></nav>
</header>
<main>
${sections.map(({ content }) => content)}</main>
<footer>
<p>${footer}</p>
</footer>`,
  );
}

/** The same without a headline, to stand in a frame on another page. Its headings have no ids. */
export const toFrame = (document: Document, title: string): string =>
  alone(title, styleSheet, html`<main class="framed">\n${toHtml(document)}</main>`);

const alone = (title: string, style: string, content: Html): string =>
  `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${markup(style)}</style>
</head>
<body>
${content}
</body>
</html>
`}`;
