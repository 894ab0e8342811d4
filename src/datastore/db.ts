/** What a statement says. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** How many rows it changed; 0 for one that gives rows. */
  readonly changes: number;
}

/** Where statements are asked, in SQL, with a question mark for each parameter. */
export interface Db {
  /** @throws {DatastoreUnavailableError} or what else its driver says. */
  ask(sql: string, parameters: readonly unknown[]): Promise<Answer>;
  /**
   * For one whose answer nobody needs. Within a transaction on a server it is only sent: whether it has failed, whoever asks
   * next and waits for the answer, or commits, is told. Everywhere else it is done when this resolves.
   * @param missing What it fails with when it finds no row; left out: that is nothing.
   */
  send(sql: string, parameters: readonly unknown[], missing?: () => Error): Promise<void>;
  /**
   * From here on, each statement of this transaction may take minutes: for what takes the longer, the more there is in the
   * tables. On a server everything else has a limit of seconds.
   */
  takeTime(): Promise<void>;
}

/** A database, of which whatever is asked outside of a transaction stands by itself. */
export interface Database extends Db {
  /** Does all of it or nothing. @param begin The statements that begin it. */
  transaction<Result>(begin: string, work: (transaction: Db) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
