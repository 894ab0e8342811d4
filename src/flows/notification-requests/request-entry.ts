import type { NotificationRequest } from './notification-request.ts';

interface Entry {
  /** Where it stands: `line 3`. */
  readonly place: string;
  /** How much of everything has been read with it, 0 to 1. Left out: nobody knows. */
  readonly share?: number;
}

/** One request of a file or of a person, or what is wrong with what stands in its place. */
export type RequestEntry =
  | (Entry & { readonly request: NotificationRequest; readonly problem?: never })
  | (Entry & { readonly request?: never; readonly problem: string });
