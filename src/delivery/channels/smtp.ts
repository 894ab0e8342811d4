import type MailMessage from 'nodemailer/lib/mailer/mail-message';
import type MimeNode from 'nodemailer/lib/mime-node';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { Clock } from '../../kernel/index.ts';
import { type Channel, ChannelError, type Receipt } from '../channel.ts';
import { compileMail, mailOf, messageId } from './mime.ts';
import { failureOf } from './smtp-failure.ts';
import { smtpServerOf } from './smtp-url.ts';

export interface SmtpEmailOptions {
  /**
   * `smtp[s]://[user:password@]host[:port]`. With `smtp:` the connection is encrypted where the server
   * offers it, and has to be where there is a password or `?requireTLS=true`. The server's certificate has
   * to be good unless the URL says `?tls.rejectUnauthorized=false`.
   */
  url: string;
  clock: Clock;
  /** How long the server may be silent, at every step on its own, in milliseconds. Default 30,000. */
  timeoutMs?: number;
  /** How many connections are open at most; what is more waits for one. Default 5. */
  maxConnections?: number;
  /**
   * Signs the links with which price alerts are ended with one click (RFC 8058). Default: they have none; then the relay
   * ought to add what big receivers ask of mails to many.
   */
  unsubscribeSecret?: string | undefined;
}

/**
 * Email over SMTP, the same message as `captureEmail` keeps: its Message-ID is derived from the delivery's
 * id, so that a mail that goes out twice can be told to be one. Connections are opened when they are needed
 * and used again. Nothing is tried a second time here. The receipt is the Message-ID, under which bounces come back.
 *
 * Throws a permanent `ChannelError` where the server refuses the mail or the login with 5xx, and for an
 * address that no mail can go to, with `suppress` where the server says that there is no such mailbox; a transient one
 * for a 4xx and for everything that goes wrong before the whole mail was handed over, a refused certificate among
 * them; any other error when the connection broke, went silent or was given up (`signal`) between the end of the mail
 * and the server's answer to it. See docs/PROVIDER-ANSWERS.md.
 *
 * `close()` takes no more, lets what is in hand come to its end, and closes the connections.
 * @throws {InputError} when the URL cannot be used.
 */
export function smtpEmail({
  url,
  clock,
  timeoutMs = 30_000,
  maxConnections = 5,
  unsubscribeSecret,
}: SmtpEmailOptions): Channel & {
  close(): Promise<void>;
} {
  const server = smtpServerOf(url);
  let pool: Promise<SMTPPool> | undefined;
  const inHand = new Set<Promise<Receipt>>();
  let isClosed = false;

  /** What could not be opened once may be opened for the next mail. */
  function openedPool(): Promise<SMTPPool> {
    pool ??= openPool({ ...server, ...timeLimits(timeoutMs), maxConnections, maxRequeues: 0 }).catch(
      (cause) => {
        pool = undefined;
        const message = 'No connection to the mail server could be prepared: nothing was sent.';
        throw new ChannelError('transient', { message, cause, scope: 'provider' });
      },
    );
    return pool;
  }

  const send: Channel['send'] = async (message, { idempotencyKey, signal }) => {
    const mail = mailOf({ message, deliveryId: idempotencyKey, sentAtMs: clock.now(), unsubscribeSecret });
    const [composed, opened] = await Promise.all([compileMail(mail), openedPool()]);
    const id = messageId(idempotencyKey);
    return hand(composed, { pool: opened, signal, to: mail.to, from: mail.from, id });
  };

  return {
    name: 'email',
    templates: 'email',
    messageIdOf: messageId,
    async send(message, context) {
      if (isClosed) throw new ChannelError('transient', { message: 'The mail channel is closed.' });
      if (!isMailAddress(message.to))
        throw new ChannelError('permanent', { message: 'The address is none that a mail can go to.' });
      const sending = send(message, context);
      inHand.add(sending);
      return sending.finally(() => inHand.delete(sending));
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(inHand);
      (await pool)?.close();
    },
  };
}

/** nodemailer costs start-up time, so that it is loaded for the first mail. */
async function openPool(options: SMTPPool.Options): Promise<SMTPPool> {
  const { default: Pool } = await import('nodemailer/lib/smtp-pool');
  return new Pool(options);
}

const timeLimits = (timeoutMs: number) => ({
  dnsTimeout: timeoutMs,
  connectionTimeout: timeoutMs,
  greetingTimeout: timeoutMs,
  socketTimeout: timeoutMs,
});

interface Trip {
  readonly pool: SMTPPool;
  readonly signal: AbortSignal;
  readonly to: string;
  readonly from: string;
  /** The mail's Message-ID. */
  readonly id: string;
}

/** How a bounce is to name the mail and whom it was for (RFC 3461), where the server can: it need not send the mail back. */
const reportAs = (id: string, to: string) => ({
  envid: id,
  ret: 'HDRS',
  // What is no ASCII would have to be written in another way.
  ...(/^[\x21-\x7e]+$/.test(to) && { orcpt: `rfc822;${to}` }),
});

/** Sends it over one connection of the pool, watching how far it gets. */
function hand(message: MimeNode, { pool, signal, to, from, id }: Trip): Promise<Receipt> {
  let wasHandedOver = false;
  const createReadStream = message.createReadStream.bind(message);
  // The final dot follows the end of the stream. Bytes may wait in a buffer by then, so this errs towards
  // "unknown", never towards a mail that is taken for not sent and comes twice under a second verdict.
  message.createReadStream = (options) =>
    createReadStream(options).once('end', () => {
      wasHandedOver = true;
    });
  return new Promise((resolve, reject) => {
    // The pool looks at no more of a mail than this; the rest is for plugins.
    const data = { signal, dsn: reportAs(id, to) };
    pool.send({ message, data } as MailMessage<SMTPPool.SentMessageInfo>, (error) => {
      if (error) reject(failureOf(error, { wasHandedOver, to, from }));
      else resolve({ id });
    });
  });
}

/** One plain address: nothing that could end a command or a header, or be read as two or as a group. */
const isMailAddress = (text: string) => /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(text);
