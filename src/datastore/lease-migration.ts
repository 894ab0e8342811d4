/** A step of the schema's history, which is never edited once released. */
export const leaseMigration = `
  -- At most one row: of the worker that may have deliveries and messages in hand. Its number is the fencing token, and
  -- no number is ever given again.
  create table lease (
    token integer primary key autoincrement,
    until integer not null
  );`;
