import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createClient, ErrorReply } from '@redis/client';
import { InputError } from '../../kernel/index.ts';
import { type BrokerAddress, readBrokerAddress } from './address.ts';
import { checkServer, refusalOf } from './check.ts';
import { BrokerUnavailableError, isForNow } from './errors.ts';

/** A server of Redis's, as the bus asks it. */
export interface Broker {
  /** For people: without the password. */
  readonly shown: string;
  /** With what the names of all its keys begin. In braces, so that a script may have them all. */
  readonly prefix: string;
  /** How many replicas must have what is published before it counts as published. */
  readonly replicas: number;
  /** What it loses, in words; undefined: nothing but what its machine's death leaves unwritten. */
  readonly warning: string | undefined;
  /** For a consumer: none other has it, or has had it, in whatever process. */
  newName(): string;
  /**
   * In the order in which they are asked for, and answered so.
   * @throws {BrokerUnavailableError}
   * @throws {ErrorReply} any other answer, which the same question would get again.
   */
  send<Reply>(command: readonly string[]): Promise<Reply>;
  /** The same on a connection of its own, for what waits there until something comes. */
  wait<Reply>(command: readonly string[]): Promise<Reply>;
  /** Calls `run` whenever the connection has been lost and is there again, until the returned function is called. */
  onReturn(run: () => void): () => void;
  /** Forgets all that is under the prefix. */
  forget(): Promise<void>;
  close(): Promise<void>;
  /** As the death of this process would. */
  destroy(): void;
}

/** A connection that says nothing for so long is opened anew, milliseconds: longer than anything waits there. */
const silenceMs = 15_000;
const longestNapMs = 2000;

/**
 * Connects to `redis://user:password@host:6379/0`, and looks whether that server keeps what it is given.
 * @param prefix of all keys. Default `notification-architectures`.
 * @throws {InputError} it cannot be reached, refuses us, is too old, or keeps nothing. What it says holds no password.
 */
export async function connectBroker(url: string, prefix = 'notification-architectures'): Promise<Broker> {
  const address = readBrokerAddress(url);
  const { shown, replicas } = address;
  const main = clientOf(address);
  const waiting = clientOf(address);
  const returning = new Set<() => void>();
  main.on('ready', () => {
    for (const run of returning) run();
  });
  try {
    await Promise.all([connected(main), connected(waiting)]);
    const warning = await checkServer((command) => main.sendCommand([...command]), address);
    return {
      shown,
      prefix: `{${prefix}}`,
      replicas,
      warning,
      newName: () => randomUUID(),
      send: (command) => answer(main, command, shown),
      async wait(command) {
        if (!waiting.isReady) await once(waiting, 'ready');
        return answer(waiting, command, shown);
      },
      onReturn(run) {
        returning.add(run);
        return () => void returning.delete(run);
      },
      forget: () => forget(main, `{${prefix}}:*`),
      async close() {
        waiting.destroy();
        await main.close();
      },
      destroy() {
        waiting.destroy();
        main.destroy();
      },
    };
  } catch (thrown) {
    for (const client of [main, waiting]) if (client.isOpen) client.destroy();
    throw thrown instanceof InputError ? thrown : refusalOf(shown, thrown);
  }
}

type Client = ReturnType<typeof clientOf>;

function clientOf(address: BrokerAddress) {
  const { host, port, isEncrypted, username, password, database } = address;
  let hasBeenThere = false;
  const socket = {
    host,
    port,
    connectTimeout: 5000,
    socketTimeout: silenceMs,
    // One that has never answered is not waited for.
    reconnectStrategy: (retries: number) => hasBeenThere && Math.min(50 * 2 ** retries, longestNapMs),
  };
  const client = createClient({
    socket: isEncrypted ? { ...socket, tls: true as const } : socket,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    database,
    RESP: 2,
    name: 'notification-architectures',
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // What cannot be asked now is to fail now: the bus knows what to do about it.
    disableOfflineQueue: true,
    pingInterval: silenceMs / 3,
  });
  client.on('error', () => {});
  client.on('ready', () => {
    hasBeenThere = true;
  });
  return client;
}

async function connected(client: Client): Promise<void> {
  await client.connect();
}

async function answer<Reply>(client: Client, command: readonly string[], shown: string): Promise<Reply> {
  try {
    return (await client.sendCommand([...command])) as Reply;
  } catch (thrown) {
    if (thrown instanceof ErrorReply && !isForNow(thrown)) throw thrown;
    throw new BrokerUnavailableError(shown, thrown);
  }
}

async function forget(client: Client, pattern: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = (await client.sendCommand([
      'SCAN',
      cursor,
      'MATCH',
      pattern.replace(/[[\]?\\^]/g, '\\$&'),
      'COUNT',
      '1000',
    ])) as unknown as [string, string[]];
    if (keys.length > 0) await client.sendCommand(['UNLINK', ...keys]);
    cursor = next;
  } while (cursor !== '0');
}
