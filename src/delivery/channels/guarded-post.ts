import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Clock, steadyClock, timeLimit } from '../../kernel/index.ts';
import { ChannelError } from '../channel.ts';
import { type AddressRules, guardedLookup, refuseLiteral } from './guarded-lookup.ts';
import type { WebhookAnswer } from './webhook-answer.ts';
import type { WebhookRequest } from './webhook-request.ts';

interface Patience {
  clock: Clock;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface GuardedPostOptions extends Patience, AddressRules {
  url: URL;
  request: Pick<WebhookRequest, 'method' | 'headers' | 'body'>;
}

/**
 * Sends one request over a connection of its own and answers with the status. No redirect is followed, and
 * the body of the answer is never read.
 * @throws {ChannelError} when there was no connection, so that nothing was sent; any other error after that.
 */
export async function guardedPost({ url, request, ...options }: GuardedPostOptions): Promise<WebhookAnswer> {
  const isSecure = url.protocol === 'https:';
  // Loaded when needed: most runs capture, and TLS takes its time to load.
  const { request: open } = isSecure ? await import('node:https') : await import('node:http');
  refuseLiteral(url.hostname, options);
  if (options.signal.aborted) throw notSent(url.hostname, 'aborted');
  const body = Buffer.from(request.body);
  const outgoing = open(url, {
    method: request.method,
    headers: { ...request.headers, 'content-length': body.length },
    lookup: guardedLookup(options),
    // A connection from a pool might be one that other rules let through.
    agent: false,
  });
  const answer = answerTo(outgoing, {
    ...options,
    host: url.hostname,
    connectEvent: isSecure ? 'secureConnect' : 'connect',
  });
  outgoing.end(body);
  return answer;
}

interface AnswerOptions extends Patience {
  host: string;
  /** What the socket says when the request begins to be written. */
  connectEvent: string;
}

function answerTo(outgoing: ClientRequest, { host, connectEvent, ...patience }: AnswerOptions) {
  return new Promise<WebhookAnswer>((answer, reject) => {
    let isConnected = false;
    const fail = (reason: string): void =>
      reject(isConnected ? unknown(host, reason) : notSent(host, reason));
    const stopWaiting = waitNoLonger(patience, (reason) => {
      fail(reason);
      outgoing.destroy();
    });
    outgoing.on('socket', (socket) => {
      socket.once(connectEvent, () => {
        isConnected = true;
      });
    });
    outgoing.on('response', (response: IncomingMessage) => {
      answer({ host, status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      outgoing.destroy();
    });
    outgoing.on('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown instanceof ChannelError) reject(thrown);
      else fail(thrown.code ?? 'error');
    });
    outgoing.on('close', () => {
      stopWaiting();
      // When there was neither an answer nor an error.
      fail('connection_closed');
    });
  });
}

/** Calls `giveUp` when time is up or nobody waits any more; returns how to stop it. */
function waitNoLonger({ clock, timeoutMs, signal }: Patience, giveUp: (reason: string) => void): () => void {
  const onAbort = (): void => giveUp('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  const cancelTimeout = timeLimit(steadyClock(clock), timeoutMs, () => giveUp('timeout'));
  return () => {
    cancelTimeout();
    signal.removeEventListener('abort', onAbort);
  };
}

const notSent = (host: string, reason: string): ChannelError =>
  new ChannelError('transient', { message: `the webhook at ${host} was not reached: ${reason}` });

/** The receiver may have read the request. */
const unknown = (host: string, reason: string): Error =>
  new Error(`whether the webhook at ${host} was taken is not known: ${reason}`);
