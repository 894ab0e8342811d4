import type { Database } from '../db.ts';
import type { Sessions } from './connection.ts';
import type { Session } from './session.ts';

/**
 * One session for many: a transaction has it alone. Those who ask one thing share it, so that nobody among them waits for the
 * answers of others to come before the question is sent; they come before or behind a transaction, in the order in which they
 * came.
 * @param sessions one at a time.
 */
export function shared(sessions: Sessions): Database {
  /** Who came last, if nobody came behind them who wants to have it alone. */
  let last: Group | undefined;
  function together<Result>(ask: (session: Session) => Promise<Result>): Promise<Result> {
    if (last === undefined || last.isOver) last = new Group(sessions.connect());
    return last.join(ask);
  }
  return {
    ask: (sql, parameters) => together((session) => session.ask(sql, parameters)),
    send: (sql, parameters, missing) => together((session) => session.send(sql, parameters, missing)),
    takeTime: async () => {},
    async transaction(begin, work) {
      last = undefined;
      const session = await sessions.connect();
      try {
        return await session.transaction(begin, work);
      } finally {
        session.release();
      }
    },
    close: () => sessions.end(),
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

  async join<Result>(ask: (session: Session) => Promise<Result>): Promise<Result> {
    this.#members++;
    let session: Session;
    try {
      session = await this.#connecting;
    } catch (thrown) {
      this.#hasEnded = true;
      throw thrown;
    }
    this.#session = session;
    try {
      return await ask(session);
    } finally {
      this.#leave(session);
    }
  }

  #leave(session: Session): void {
    if (--this.#members > 0) return;
    this.#hasEnded = true;
    session.release();
  }
}
