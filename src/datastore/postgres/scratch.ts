import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import type { ScratchRun } from '../scratch-run.ts';
import { type Address, readAddress } from './address.ts';
import { clientConfig, schemaName } from './connection.ts';
import { refuseServer } from './migrate.ts';
import { openPostgres } from './open.ts';
import { pg } from './pg.ts';
import { refusalOf } from './refusal.ts';

/** How long a session that is ended may take to go. */
const longestGoodbyeMs = 5000;

const mayMakeDatabases = { '42501': 'Grant the user the right to make databases: alter role … createdb.' };

/** See `beginScratch`. */
export async function beginRun(url: string): Promise<ScratchRun> {
  const address = readAddress(url);
  const name = `${schemaName}_${randomBytes(4).toString('hex')}`;
  const run = { url, name, server: '' };
  let hasBegun = false;
  try {
    const server = await asAdmin(run, async (admin) => {
      const { rows } = await admin.query(
        `select current_setting('server_version_num')::int as version, current_setting('server_version') as words`,
      );
      refuseServer({ version: rows[0].version, encoding: 'UTF8' }, address);
      hasBegun = true;
      // Its own: what template1 holds may be anything, in any encoding.
      await admin.query(`create database ${templateOf(run)} template template0 encoding 'UTF8' locale 'C'`);
      // `15.14 (Debian 15.14-0+deb12u1)`
      return `PostgreSQL ${String(rows[0].words).split(' ')[0]}`;
    });
    await (await openPostgres(urlOf(run, templateOf(run)))).close();
    return { ...run, server };
  } catch (thrown) {
    if (hasBegun) await endRun(run).catch(() => {});
    throw refusalOf(address, thrown, mayMakeDatabases);
  }
}

/** See `makeScratch`. */
export async function makeDatabase(run: ScratchRun): Promise<string> {
  const name = `${run.name}_${randomBytes(4).toString('hex')}`;
  await asAdmin(run, (admin) => admin.query(`create database ${name} template ${templateOf(run)}`));
  return urlOf(run, name);
}

/** See `dropScratch`. */
export async function dropDatabase(run: ScratchRun, url: string): Promise<void> {
  const { database } = readAddress(url);
  await asAdmin(run, (admin) => drop(admin, database));
}

/** See `endScratch`. */
export async function endRun(run: ScratchRun): Promise<void> {
  await asAdmin(run, async (admin) => {
    // Whoever is about to make one, or was when it was killed.
    await admin.query(
      `select pg_terminate_backend(pid, ${longestGoodbyeMs}) from pg_stat_activity
       where application_name = $1 and pid <> pg_backend_pid()`,
      [run.name],
    );
    // Without it nobody makes another, whoever was not seen just now; who has begun to is waited for.
    await drop(admin, templateOf(run));
    const { rows } = await admin.query('select datname from pg_database where starts_with(datname, $1)', [
      `${run.name}_`,
    ]);
    for (const { datname } of rows) await drop(admin, datname);
  });
}

/** All names are ours: letters, figures and underlines. */
const drop = (admin: Client, database: string) =>
  admin.query(`drop database if exists ${database} with (force)`);

const templateOf = ({ name }: ScratchRun): string => `${name}_template`;

const urlOf = ({ url }: ScratchRun, database: string): string =>
  url.replace(/^([a-z]+:\/\/[^/?#]*\/)[^?#]*/i, `$1${database}`);

/** In a session that is known by the name of the run. */
async function asAdmin<T>({ url, name }: ScratchRun, work: (admin: Client) => Promise<T>): Promise<T> {
  const address: Address = { ...readAddress(url), applicationName: name };
  const admin = new pg.Client(clientConfig(address));
  // Whoever asks next is told.
  admin.on('error', () => {});
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.end().catch(() => {});
  }
}
