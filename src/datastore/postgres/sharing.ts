import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Sessions } from './connection.ts';
import type { Session } from './session.ts';

/** What is asked, until it is let go of. */
export interface Connection extends DatabaseConnection {
  release(): void;
}

export interface Connections {
  connect(): Promise<Connection>;
  end(): Promise<void>;
}

/**
 * Ways to one session: for whoever has it alone, for a transaction, and for whoever asks one thing. Those who ask one thing
 * share it, so that nobody among them waits for the answers of others to come before the question is sent; they come before or behind a
 * transaction, in the order in which they came.
 */
export interface Shareable {
  readonly alone: Connections;
  readonly shared: Connections;
}

/** @param pool of one session. */
export function shareable(pool: Sessions): Shareable {
  /** Who came last, if nobody came behind them who wants to have it alone. */
  let last: Group | undefined;
  let ending: Promise<void> | undefined;
  // Either may never have been asked for a connection, and is then not told of the end.
  const end = (): Promise<void> => {
    ending ??= pool.end();
    return ending;
  };
  return {
    alone: {
      connect() {
        last = undefined;
        return pool.connect();
      },
      end,
    },
    shared: {
      connect() {
        if (last === undefined || last.isOver) last = new Group(pool.connect());
        return last.join();
      },
      end,
    },
  };
}

/** Those who have a session at the same time. */
class Group {
  readonly #connecting: Promise<Session>;
  #session: Session | undefined;
  #members = 0;
  #hasEnded = false;

  constructor(connecting: Promise<Session>) {
    this.#connecting = connecting;
  }

  /** Nobody can join them any more. */
  get isOver(): boolean {
    return this.#hasEnded || this.#session?.hasFailed === true;
  }

  async join(): Promise<Connection> {
    this.#members++;
    try {
      const session = await this.#connecting;
      this.#session = session;
      return {
        executeQuery: <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => session.executeQuery(query),
        streamQuery: () => session.streamQuery(),
        release: () => this.#leave(session),
      };
    } catch (thrown) {
      this.#hasEnded = true;
      throw thrown;
    }
  }

  #leave(session: Session): void {
    if (--this.#members > 0) return;
    this.#hasEnded = true;
    session.release();
  }
}
