import { createRequire } from 'node:module';

// Kysely's ES modules are some three hundred files, a quarter of a second at start-up; its CommonJS build
// is the same code and loads four times as fast. See docs/adr/0004-kysely-over-libsql.md.
export const { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } = createRequire(
  import.meta.url,
)('kysely') as typeof import('kysely');
