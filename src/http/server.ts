import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { InputError } from '../kernel/index.ts';
import { isLoopback } from './guard.ts';

export interface ListenOptions {
  /** An address or a name of this machine. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Answers all that comes. It must not throw. */
  readonly answer: (request: Request, env: object) => Response | Promise<Response>;
}

export interface Listening {
  /** Where it is to be asked: `http://127.0.0.1:4400`. */
  readonly url: string;
  /** Takes nothing new, and resolves when all that is in hand was answered. */
  close(): Promise<void>;
  /** Ends what is still open. */
  cutOff(): void;
}

/** What sends its request too slowly, or says nothing on a connection that it keeps open, is let go. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
};

/** A connection on which nothing moves for so long is let go: somebody takes an answer and stalls. */
const stalledAfterMs = 60_000;

/** @throws {InputError} it cannot listen there; the error says why. */
export async function listen({ host, port, answer }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({ fetch: answer, createServer, serverOptions: limits }) as Server;
  server.setTimeout(stalledAfterMs);
  let isClosing = false;
  server.on('request', (_, response) => {
    if (isClosing) response.setHeader('connection', 'close');
    // What was in hand when the server was closed had not been told that it is the last on its connection.
    response.once('close', () => setImmediate(() => isClosing && server.closeIdleConnections()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, { host, port })));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        isClosing = true;
        server.close(() => resolve());
      }),
    cutOff: () => server.closeAllConnections(),
  };
}

/** @throws {InputError} others can reach the address, and nothing would keep them out. */
export function refuseOpenDoor({ host, token }: { host: string; token?: string }): void {
  if (token !== undefined && token.length < shortestToken)
    throw new InputError({
      message: `the token has ${token.length} characters`,
      help: `Give one of ${shortestToken} or more that nobody can guess, as \`openssl rand -hex 16\` prints it.`,
    });
  if (token !== undefined || isLoopback(host)) return;
  throw new InputError({
    message: `${JSON.stringify(host)} can be reached from other machines, and there is no token`,
    help: 'Give one with --token or HTTP_TOKEN, or leave --host out: then only this machine can ask.',
  });
}

const shortestToken = 16;

function cannotListen(
  { code = 'unknown', message }: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): InputError {
  const { why, help } = reasons[code] ?? { why: message, help: 'Give another with --host or --port.' };
  return new InputError({ message: `cannot listen on ${JSON.stringify(host)}, port ${port}: ${why}`, help });
}

const reasons: Readonly<Record<string, { why: string; help: string }>> = {
  EADDRINUSE: { why: 'it is in use', help: 'Give another with --port, or --port 0 for any that is free.' },
  EACCES: { why: 'this user may not', help: 'Give a port from 1024 on.' },
  EADDRNOTAVAIL: { why: 'this machine has no such address', help: 'Give one of its own with --host.' },
  ENOTFOUND: { why: 'there is no such name', help: 'Give an address of this machine with --host.' },
};
