import type { Hono } from 'hono';
import type { Page } from './pages/page.ts';

/** What routes are added to. */
export type ServedApp = Pick<Hono, 'get' | 'post'>;

/** A page that others can be led to. */
export interface Place {
  readonly path: string;
  readonly name: string;
}

/** What is around the pages of a guest. */
export interface Surroundings {
  /** Where there are pages, its own among them. */
  readonly places: readonly Place[];
  /** One that looks as the shop's own do, and does what they do: see {@link liveControls} for those that change. */
  show(page: Page): Response;
}

/** Pages of somebody else's, served beside the shop's own. */
export interface Guest {
  readonly place: Place;
  addRoutes(app: ServedApp, around: Surroundings): void;
  /** At a stop: ends its streams, so that nobody is waited for who only listens, and whatever else it has. */
  close(): Promise<void>;
}
