import type { Db } from './db.ts';
import type { ProjectionBuild, ProjectionStore } from './projection-records.ts';
import { execute, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import { deleteProjectionRowsSql, upsertProjectionRowsSql } from './sqlite-kept.ts';

type Row = Schema['projection_build'];

const findBuilds = prepared<Row>((db) =>
  db.selectFrom('projection_build').selectAll().where('name', '=', slot).orderBy('id'),
);

const allBuilds = prepared<Row>((db) =>
  db.selectFrom('projection_build').selectAll().orderBy('name').orderBy('id'),
);

const findRow = prepared((db) =>
  db.selectFrom('projection_row').select('value').where('build', '=', slot).where('key', '=', slot),
);

const rowsAfter = prepared((db) =>
  db
    .selectFrom('projection_row')
    .select(['key', 'value'])
    .where('build', '=', slot)
    .where('key', '>', slot)
    .orderBy('key')
    .limit(slot),
);

const saveBuild = prepared((db) =>
  db
    .updateTable('projection_build')
    .set({ position: slot, is_live: slot, failed_at: slot, failure: slot })
    .where('id', '=', slot),
);

/** Until the last, what is left of it is dropped when that is asked again. */
const dropRowsSql = `
  delete from projection_row where build = ? and key in (select key from projection_row where build = ? limit ?)`;
const dropAtOnce = 5000;

export function projectionStore(db: Db): ProjectionStore {
  return {
    async builds(name) {
      return (await (name === undefined ? allBuilds(db) : findBuilds(db, name))).map(toBuild);
    },

    async begin(name, version) {
      const sql =
        'insert into projection_build (name, version, position, is_live) values (?, ?, 0, 0) returning *';
      const [row] = await select<Row>(db, sql, name, version);
      return toBuild(row as Row);
    },

    async save({ id, position, isLive, failure }) {
      await saveBuild(db, position, isLive ? 1 : 0, failure?.position ?? null, failure?.reason ?? null, id);
    },

    async drop(id) {
      while ((await execute(db, dropRowsSql, id, id, dropAtOnce)) === dropAtOnce);
      await execute(db, 'delete from projection_build where id = ?', id);
    },

    async row(build, key) {
      return (await findRow(db, build, key))[0]?.value;
    },

    async write(build, rows) {
      const changed = [...rows].filter(([, value]) => value !== undefined);
      const removed = [...rows].flatMap(([key, value]) => (value === undefined ? [key] : []));
      if (changed.length > 0) await execute(db, upsertProjectionRowsSql, build, JSON.stringify(changed));
      if (removed.length > 0) await execute(db, deleteProjectionRowsSql, build, JSON.stringify(removed));
    },

    async page(build, { after, limit }) {
      return rowsAfter(db, build, after, limit);
    },
  };
}

const toBuild = (row: Row): ProjectionBuild => ({
  id: row.id,
  name: row.name,
  version: row.version,
  position: row.position,
  isLive: row.is_live === 1,
  failure:
    row.failed_at === null || row.failure === null ? null : { position: row.failed_at, reason: row.failure },
});
