import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { QueryResult as Answer, PoolClient, QueryConfig } from 'pg';
import type { AheadResult, AskedAhead, AskedPatiently } from '../query.ts';
import { codeOf, explainPostgresError } from './errors.ts';
import { pg } from './pg.ts';
import { statementOf } from './statements.ts';
import { keepable } from './text.ts';

/**
 * A session of the server, as Kysely asks it. Each answer is a way there and back, so that within a transaction not all are waited
 * for: what is asked ahead is only sent, and whoever commits waits for all of it at once. Of one that fails the server takes nothing
 * that comes behind it, and undoes what came before.
 */
export class Session implements DatabaseConnection {
  readonly #client: PoolClient;
  #longestAnswerMs: number | undefined;
  /** Of the transaction: why each that was asked ahead has failed, its beginning among them; undefined of one that has not. */
  #ahead: Promise<unknown>[] | undefined;
  #failed: unknown;

  /** @param longestAnswerMs What takes longer will never be answered. Left out: it is waited for. */
  constructor(client: PoolClient, longestAnswerMs: number | undefined) {
    this.#client = client;
    this.#longestAnswerMs = longestAnswerMs;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { sql, parameters, ahead, isPatient } = query as CompiledQuery &
      Partial<AskedAhead & AskedPatiently>;
    if (sql.startsWith('begin')) this.#ahead = [];
    if (sql === 'commit' || sql === 'rollback') return this.#end(sql);
    if (isPatient) return this.#takeTime();
    const isAhead = sql.startsWith('begin') || ahead !== undefined;
    if (this.#ahead === undefined || !isAhead) return rowsOf<Row>(await this.ask(sql, parameters));
    const { missing } = ahead ?? {};
    this.#ahead.push(
      missing === undefined
        ? troubleOf(this.#send(sql, parameters))
        : troubleOf(this.#send(unlessMissing(sql), parameters), missing),
    );
    return sentAhead;
  }

  /** One statement, or without parameters several. */
  async ask(sql: string, parameters: readonly unknown[] = []): Promise<Answer> {
    try {
      return await this.#send(sql, parameters);
    } catch (thrown) {
      throw (await this.#firstTrouble()) ?? thrown;
    }
  }

  streamQuery(): never {
    throw new TypeError('rows are read in pages');
  }

  /** It is of no use any more. */
  get hasFailed(): boolean {
    return this.#failed !== undefined;
  }

  release(): void {
    this.#client.release(this.hasFailed);
  }

  /** A session is had anew for each transaction, and with it the usual limit. */
  #takeTime<Row>(): QueryResult<Row> {
    if (this.#ahead === undefined || this.#longestAnswerMs === undefined) return { rows: [] };
    this.#longestAnswerMs = patienceMs + silenceMs;
    this.#ahead.push(troubleOf(this.#send(`set local statement_timeout = ${patienceMs}`)));
    return { rows: [] };
  }

  async #end<Row>(sql: 'commit' | 'rollback'): Promise<QueryResult<Row>> {
    const ended = await troubleOf(this.#send(sql));
    const before = await this.#firstTrouble();
    this.#ahead = undefined;
    const trouble = sql === 'commit' ? (before ?? ended) : ended;
    if (trouble !== undefined) throw trouble;
    return { rows: [] };
  }

  /** All of it has been answered when something behind it has been. */
  async #firstTrouble(): Promise<unknown> {
    return (await Promise.all(this.#ahead ?? [])).find((trouble) => trouble !== undefined);
  }

  async #send(sql: string, parameters: readonly unknown[] = []): Promise<Answer> {
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
  async #askPrepared(name: string, asked: QueryConfig): Promise<Answer> {
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

  #query(config: QueryConfig): Promise<Answer> {
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

const sentAhead = { rows: [], isAhead: true } satisfies AheadResult;

/** Fails where nothing is found, so that the server itself takes nothing that comes behind it. */
const unlessMissing = (sql: string): string => `select 1 / count(*) from (${sql}) as found`;

const divisionByZero = '22012';

const troubleOf = (asked: Promise<unknown>, missing?: Error): Promise<unknown> =>
  asked.then(
    () => undefined,
    (thrown) => (missing !== undefined && codeOf(thrown) === divisionByZero ? missing : thrown),
  );

/** Several statements have several answers, which nobody has use for. */
function rowsOf<Row>({ command, rowCount, rows = [] }: Answer): QueryResult<Row> {
  const isCounted = /^(insert|update|delete)$/i.test(command);
  return { rows, ...(isCounted && { numAffectedRows: BigInt(rowCount ?? 0) }) };
}
