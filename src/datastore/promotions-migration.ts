/** A step of the schema's history; see migrations.ts. */
export const promotionsMigration = `
  create table promotion (
    id text primary key,
    name text not null,
    code text not null,
    discount_percent integer not null,
    segments text not null
  ) without rowid;
  `;
