import type { Html } from '../../report/index.ts';

/** What is to be shown, without what is around all pages. */
export interface Page {
  /** Of the window, and the headline. */
  readonly title: string;
  readonly lead: string;
  /** The path of the page that the contents mark as this one. */
  readonly at: string;
  readonly content: Html;
  /** Left out: 200. */
  readonly status?: number;
}
