import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { Answer, Db } from '../db.ts';
import { codeOf, explainPostgresError } from './errors.ts';
import { pg } from './pg.ts';
import { statementOf } from './statements.ts';
import { keepable } from './text.ts';

/**
 * A session of the server. Each answer is a way there and back, so that within a transaction not all are waited for: what is only
 * sent is waited for by whoever commits, all of it at once. Of one that fails the server takes nothing that comes behind it, and
 * undoes what came before.
 */
export class Session implements Db {
  readonly #client: PoolClient;
  #longestAnswerMs: number | undefined;
  /** Of the transaction: why each that was only sent has failed, its beginning among them; undefined of one that has not. */
  #ahead: Promise<unknown>[] | undefined;
  #failed: unknown;

  /** @param longestAnswerMs What takes longer will never be answered. Left out: it is waited for. */
  constructor(client: PoolClient, longestAnswerMs: number | undefined) {
    this.#client = client;
    this.#longestAnswerMs = longestAnswerMs;
  }

  /** Then it is of no use any more. */
  get hasFailed(): boolean {
    return this.#failed !== undefined;
  }

  /** One statement, or without parameters several. */
  async ask(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    try {
      return answerOf(await this.#send(sql, parameters));
    } catch (thrown) {
      throw (await this.#firstTrouble()) ?? thrown;
    }
  }

  async send(sql: string, parameters: readonly unknown[], missing?: () => Error): Promise<void> {
    const sent =
      missing === undefined
        ? troubleOf(this.#send(sql, parameters))
        : troubleOf(this.#send(unlessMissing(sql), parameters), missing);
    if (this.#ahead !== undefined) return void this.#ahead.push(sent);
    const trouble = await sent;
    if (trouble !== undefined) throw trouble;
  }

  async transaction<Result>(begin: string, work: (transaction: Db) => Promise<Result>): Promise<Result> {
    this.#ahead = [troubleOf(this.#send(begin))];
    try {
      const result = await work(this);
      const ended = await troubleOf(this.#send('commit'));
      // All of it has been answered by now.
      const trouble = (await this.#firstTrouble()) ?? ended;
      if (trouble !== undefined) throw trouble;
      return result;
    } catch (thrown) {
      // What has cut off the session has undone it too.
      await this.#send('rollback').catch(() => {});
      throw thrown;
    } finally {
      this.#ahead = undefined;
    }
  }

  /** A session is had anew for each transaction, and with it the usual limit. */
  async takeTime(): Promise<void> {
    if (this.#ahead === undefined || this.#longestAnswerMs === undefined) return;
    this.#longestAnswerMs = patienceMs + silenceMs;
    this.#ahead.push(troubleOf(this.#send(`set local statement_timeout = ${patienceMs}`)));
  }

  release(): void {
    this.#client.release(this.hasFailed);
  }

  async #firstTrouble(): Promise<unknown> {
    return (await Promise.all(this.#ahead ?? [])).find((trouble) => trouble !== undefined);
  }

  async #send(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    // Not even to be rolled back: that would be waited for as long again, and whoever has lost the session has undone it.
    if (this.#failed !== undefined) throw this.#failed;
    try {
      const { name, text } = statementOf(sql);
      // What has no parameters may be several statements, and those cannot be prepared.
      if (parameters.length === 0) return await this.#query({ text });
      return await this.#askPrepared(name, { text, values: parameters.map(keepable) });
    } catch (thrown) {
      const explained = explainPostgresError(thrown);
      if (!(thrown instanceof pg.DatabaseError)) this.#failed = explained;
      throw explained;
    }
  }

  /**
   * A statement that gives whole rows cannot be asked again under its name once a newer program has added a column: under another it can, at
   * once outside of a transaction; within one, that has failed, and the next one can.
   */
  async #askPrepared(name: string, asked: QueryConfig): Promise<QueryResult> {
    const round = prepared.get(this.#client) ?? 0;
    try {
      return await this.#query({ ...asked, name: round === 0 ? name : `${name}_${round}` });
    } catch (thrown) {
      if (codeOf(thrown) !== rowsHaveChanged) throw thrown;
      prepared.set(this.#client, round + 1);
      return await this.#query({ ...asked, name: `${name}_${round + 1}` }).catch(() => {
        throw thrown;
      });
    }
  }

  #query(config: QueryConfig): Promise<QueryResult> {
    if (this.#longestAnswerMs === undefined) return this.#client.query(config);
    // No longer behind others that it waits for: where nobody answers, one of those that are on their way is always the oldest.
    return this.#client.query({ ...config, query_timeout: this.#longestAnswerMs } as QueryConfig);
  }
}

/**
 * What the server does not say within this, beyond what a statement may take, it will never say: a network that swallows
 * everything ends no connection, and nothing of the system's own would notice for a quarter of an hour.
 */
export const silenceMs = 2000;

/** For whoever takes their time. */
const patienceMs = 10 * 60_000;

/** How often what a session had prepared came to nothing. */
const prepared = new WeakMap<PoolClient, number>();

const rowsHaveChanged = '0A000';

/** Fails where nothing is found, so that the server itself takes nothing that comes behind it. */
const unlessMissing = (sql: string): string => `select 1 / count(*) from (${sql}) as found`;

const divisionByZero = '22012';

const troubleOf = (asked: Promise<unknown>, missing?: () => Error): Promise<unknown> =>
  asked.then(
    () => undefined,
    (thrown) => (missing !== undefined && codeOf(thrown) === divisionByZero ? missing() : thrown),
  );

/** Several statements have several answers, which nobody has use for. */
function answerOf({ command, rowCount, rows = [] }: QueryResult): Answer {
  return { rows, changes: /^(insert|update|delete)$/i.test(command) ? (rowCount ?? 0) : 0 };
}
