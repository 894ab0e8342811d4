import type { Hono } from 'hono';

/** What routes are added to. */
export type ServedApp = Pick<Hono, 'get' | 'post'>;

/** A page that others can be led to. */
export interface Place {
  readonly path: string;
  readonly name: string;
}

/** Pages of somebody else's, served beside the shop's own: a browser that asks for nothing in particular is sent there. */
export interface Guest {
  readonly place: Place;
  /** Adds its routes. @param places where there are pages, its own among them */
  addRoutes(app: ServedApp, places: readonly Place[]): void;
  /** At a stop: ends its streams, so that nobody is waited for who only listens, and whatever else it has. */
  close(): Promise<void>;
}
