import { randomUUID } from 'node:crypto';
import type { Client as AnyClient } from 'pg';
import { onceMore } from '../../kernel/index.ts';
import type { Db } from '../db.ts';
import { select } from '../query.ts';
import type { Address } from './address.ts';
import { isAliveSql } from './alive.ts';
import { clientConfig, schemaName } from './connection.ts';
import { pg } from './pg.ts';

/** By which workers on one database tell each other that there may be something to do. */
export interface Bell {
  /** Whoever listens in this process is told at once, and those elsewhere as soon as they hear of it. */
  ring(): Promise<void>;
  /** @returns what ends it. Who listens is also told when whoever held the lease has gone without a word. */
  listen(told: () => void): Promise<() => void>;
  close(): Promise<void>;
}

/** The driver has these, and its types have not. */
type Client = AnyClient & {
  /** From now on it keeps the process alive. */
  ref(): void;
  unref(): void;
};

/** A worker that was killed is missed within this. */
const lookEveryMs = 250;

/** A look that takes longer is not answered any more; whoever listens there hears nothing. */
const longestLookMs = 5000;

const deadHolderSql = `select 1 from ${schemaName}.lease where not ${isAliveSql}`;

/** Listens on a session of its own, which is opened anew when it has ended. */
export function createBell(db: Db, address: Address): Bell {
  const self = randomUUID();
  const listeners = new Set<() => void>();
  let session: Promise<Client | undefined> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isClosing = false;
  const tellAll = (): void => {
    for (const told of [...listeners]) told();
  };

  async function open(): Promise<Client | undefined> {
    const client = new pg.Client({ ...clientConfig(address), query_timeout: longestLookMs }) as Client;
    client.on('error', () => {
      session = undefined;
    });
    client.on('notification', ({ payload }) => {
      if (payload !== self) tellAll();
    });
    try {
      await client.connect();
      await client.query(`listen ${schemaName}`);
      client.unref();
      return client;
    } catch {
      session = undefined;
      await client.end().catch(() => {});
      return undefined;
    }
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const isNew = session === undefined;
      session ??= open();
      const client = await session;
      if (client === undefined) return;
      const { rowCount } = await client.query(deadHolderSql);
      // What was rung while nobody listened is not to be missed.
      if (isNew || rowCount !== 0) tellAll();
    } catch {
      // It is looked at again, in another session.
      const failed = session;
      session = undefined;
      void failed?.then((client) => client?.end()).catch(() => {});
    } finally {
      isLooking = false;
    }
  }

  /** On the session that listens, so that it waits for nothing that the stores are asked; where there is none, on theirs. */
  const notify = onceMore(async () => {
    const client = await session;
    const isHeard = client !== undefined && (await notifyOn(client));
    if (!isHeard) await select(db, 'select pg_notify(?, ?)', schemaName, self);
  });

  /** Whether it could. Whoever rings waits for it, in a process that may have nothing else to do. */
  async function notifyOn(client: Client): Promise<boolean> {
    client.ref();
    try {
      await client.query('select pg_notify($1, $2)', [schemaName, self]);
      return true;
    } catch {
      return false;
    } finally {
      if (!isClosing) client.unref();
    }
  }

  return {
    async ring() {
      tellAll();
      await notify();
    },

    async listen(told) {
      const listener = (): void => told();
      session ??= open();
      await session;
      listeners.add(listener);
      timer ??= setInterval(() => void look(), lookEveryMs).unref();
      return () => void listeners.delete(listener);
    },

    async close() {
      isClosing = true;
      clearInterval(timer);
      const client = await session;
      session = undefined;
      // Whoever closes waits for it: a process with nothing else to do would end before.
      client?.ref();
      await client?.end().catch(() => {});
    },
  };
}
