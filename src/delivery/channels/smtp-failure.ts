import { ChannelError } from '../channel.ts';

/** What nodemailer says about a failure, as far as it matters here. */
interface SmtpFailure {
  readonly code?: string;
  /** The code of the system's or the TLS library's own error. */
  readonly originalCode?: string;
  /** The reply code of the server, where it has answered. */
  readonly responseCode?: number;
  /** All that it said. */
  readonly response?: string;
  /** What it answered to. */
  readonly command?: string;
}

/** Failures that are about this mail or our login; every other is about the connection. */
const aboutTheMail = ['EAUTH', 'EENVELOPE', 'EMESSAGE'];

/**
 * What a failed send means. A refusal of the mail or of the login is permanent at 5xx and transient at 4xx.
 * A connection that fails before the whole mail was handed over is transient whatever the server says:
 * also a greeting with 554 or a certificate that we refuse is no fault of the customer's address, and is
 * mended without changing the mail. A mailbox that is not there must not be written to again. Once all of the mail was handed over, only an answer says whether it
 * was taken; without one it is unknown. Servers quote addresses in what they say, so their words are in
 * `cause` alone.
 */
export function failureOf(cause: unknown, { wasHandedOver }: { wasHandedOver: boolean }): Error {
  const { code = '', originalCode, responseCode: reply } = Object(cause) as SmtpFailure;
  const refused = isWithin(reply, 500);
  if (aboutTheMail.includes(code) && (refused || !reply)) {
    const message = refused
      ? `The mail server refused the mail: reply ${reply}.`
      : `The mail cannot be sent: ${code}.`;
    return new ChannelError('permanent', {
      message,
      cause,
      ...(isNoMailbox(cause) && { suppress: 'bounced' }),
    });
  }
  if (refused || isWithin(reply, 400))
    return new ChannelError('transient', { message: `The mail server sent us away: reply ${reply}.`, cause });
  const reason = originalCode || code || 'closed';
  if (wasHandedOver)
    return new Error(`Whether the mail server took the mail is unknown: it never answered (${reason}).`, {
      cause,
    });
  const message = `The connection to the mail server failed before it had the mail (${reason}).`;
  return new ChannelError('transient', { message, cause });
}

const isWithin = (reply: number | undefined, hundred: number) =>
  reply !== undefined && reply >= hundred && reply < hundred + 100;

const mailboxCodes = [550, 551, 553];

/**
 * Whether the server refused this recipient because there is no such mailbox. The same codes also refuse
 * for policy's sake; what tells them apart is the enhanced code (RFC 3463), which most servers give: 5.1.x is
 * about the address, 5.2.1 a mailbox that was closed.
 */
function isNoMailbox(cause: unknown): boolean {
  const { command, responseCode = 0, response = '' } = Object(cause) as SmtpFailure;
  if (command !== 'RCPT TO' || !mailboxCodes.includes(responseCode)) return false;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1];
  return enhanced === undefined || enhanced.startsWith('5.1.') || enhanced === '5.2.1';
}
