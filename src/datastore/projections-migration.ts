/** A step of the schema's history, which is never edited once released. */
export const projectionsMigration = `
  -- What projections have made of the log, each build beside the one before it until it is complete.
  create table projection_build (
    id integer primary key autoincrement,
    name text not null,
    version integer not null,
    position integer not null,
    is_live integer not null,
    failed_at integer,
    failure text
  );
  create index projection_build_by_name on projection_build (name);
  create table projection_row (
    build integer not null,
    key text not null,
    value text not null,
    primary key (build, key)
  ) without rowid;`;
