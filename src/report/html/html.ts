import { raw, html as template } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup, as opposed to text. */
export type Html = HtmlEscapedString;

type Part = Html | readonly Html[] | string | number;

/** Markup from a template: what is put into it is text, and is escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  // A promise is made of promises only.
  template(strings, ...parts) as Html;

/** Text that is markup already. */
export const markup = (text: string): Html => raw(text) as Html;

export const nothing = html``;
