/** A step of the schema's history; see migrations.ts. */
export const erasureMigration = `
  -- Of those of whom nothing is left but their id.
  alter table customer add column erased_at integer;

  -- Since when bytes of what was erased may lie in unused parts of the file; no row: there are none.
  create table purge_due (since integer not null);
  `;
