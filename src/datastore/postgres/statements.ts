import * as sqliteErasure from '../sqlite-erasure.ts';
import * as sqliteKept from '../sqlite-kept.ts';
import * as sqliteReceipts from '../sqlite-receipts.ts';
import * as sqliteSets from '../sqlite-sets.ts';
import { erasureSets } from './erasure.ts';
import type { InPostgres } from './in-postgres.ts';
import { keptSets } from './kept.ts';
import { ledgerSets } from './ledger-sets.ts';
import { receiptSets } from './receipts.ts';
import { shopSets } from './sets.ts';

const { erasedText: _text, ...erasure } = sqliteErasure;

const inSqlite = { ...sqliteSets, ...sqliteReceipts, ...sqliteKept, ...erasure };

const inPostgres: InPostgres<typeof inSqlite> = {
  ...shopSets,
  ...ledgerSets,
  ...receiptSets,
  ...keptSets,
  ...erasureSets,
};

/** SQLite's text of a statement → PostgreSQL's. */
const own = new Map(
  Object.entries(inSqlite).map(([name, text]) => [text, inPostgres[name as keyof typeof inSqlite]]),
);

/** A statement as PostgreSQL is asked it. The name is its own as long as the process lives. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Statement>();

/**
 * The stores are written once, with the texts of SQLite (see docs/adr/0128-one-set-of-stores.md). What only SQLite
 * understands has a text of its own here; in all else the parameters are numbered.
 */
export function statementOf(sql: string): Statement {
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = { name: `s${statements.size}`, text: own.get(sql) ?? numbered(sql) };
    statements.set(sql, statement);
  }
  return statement;
}

/** No text of a store has a question mark that stands for anything else. */
function numbered(sql: string): string {
  let parameters = 0;
  return sql.replaceAll('?', () => `$${++parameters}`);
}
