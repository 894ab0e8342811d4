import pg from 'pg';

/** The rows that a statement gives, in a session of its own. */
export async function asAdmin(
  sql: string,
  connectionString: string | undefined,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
