/**
 * What a projection has made of the log so far. While a new one is being made beside it, the old one stays and is
 * read.
 */
export interface ProjectionBuild {
  /** Grows: a later one is newer. */
  readonly id: number;
  readonly name: string;
  /** Of the projection's code. */
  readonly version: number;
  /** All of the log up to here is in it. */
  readonly position: number;
  /** Whether it is the one that is read. */
  readonly isLive: boolean;
  /** What stopped it, and at which position of the log; null while nothing has. */
  readonly failure: { readonly position: number; readonly reason: string } | null;
}

/** What is kept of projections: each build with its rows, which are JSON by key. */
export interface ProjectionStore {
  /** Oldest first; of one projection, or of all by name. */
  builds(name?: string): Promise<readonly ProjectionBuild[]>;
  /** A new one without rows, at position 0, that nobody reads yet. */
  begin(name: string, version: number): Promise<ProjectionBuild>;
  save(build: ProjectionBuild): Promise<void>;
  /** Forgets it, with its rows. */
  drop(id: number): Promise<void>;
  row(build: number, key: string): Promise<string | undefined>;
  /** Key → its new value; undefined: gone. */
  write(build: number, rows: ReadonlyMap<string, string | undefined>): Promise<void>;
  /** In the order of the keys, those behind `after`, at most `limit`. */
  page(
    build: number,
    page: { after: string; limit: number },
  ): Promise<readonly { readonly key: string; readonly value: string }[]>;
}
