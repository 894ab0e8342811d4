/** Whether the session of whoever holds the lease goes on; one whose beginning this role may not see counts by its number. */
export const isAliveSql = `
  exists (
    select 1 from pg_stat_activity
    where pid = backend and (backend_start is null or backend_start = backend_since))`;
