// Loaded into a process before anything else: it is of a version whose schema has one step more, or as many as NEWER_STEPS says.
// NEWER_SCHEMA is the module that has its history.
const { migrations } = await import(process.env.NEWER_SCHEMA);

const steps = Number(process.env.NEWER_STEPS ?? 1);
for (let step = 1; step <= steps; step++)
  migrations.push(`
    alter table customer add column newer_${step} text;
    alter table delivery add column newer_${step} bigint not null default 7;
    alter table notification add column newer_${step} text;
    alter table event_log add column newer_${step} text;
    create index event_log_newer_${step} on event_log (type, position);
    create table newer_${step} (id text primary key)`);
