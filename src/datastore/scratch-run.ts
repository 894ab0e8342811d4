/**
 * Databases on a server that are there as long as something is tried. Plain data, so that another process of the same trial can
 * be told of it. The URL may hold a password.
 */
export interface ScratchRun {
  readonly url: string;
  /** With which the names of all its databases begin. */
  readonly name: string;
  /** What it is: `PostgreSQL 15.14`. */
  readonly server: string;
}
