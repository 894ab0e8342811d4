import { ChannelError } from '../channel.ts';
import { meaningOf, type SmtpStage } from './smtp-answer.ts';

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

export interface FailedMail {
  /** Whether all of the mail had been given to the server. */
  readonly wasHandedOver: boolean;
  readonly to: string;
  readonly from: string;
}

/**
 * What a failed send means. A refusal of the mail or of the login is permanent at 5xx and transient at 4xx; only one
 * that says so of the mailbox asks that it be written to no more, and one that says "slower" is no failure of the
 * server's (see {@link meaningOf}).
 * A connection that fails before the whole mail was handed over is transient whatever the server says:
 * also a greeting with 554 or a certificate that we refuse is no fault of the customer's address, and is
 * mended without changing the mail. Once all of the mail was handed over, only an answer says whether it
 * was taken; without one it is unknown. Servers quote addresses in what they say, so their words are in
 * `cause`, and in `suppressBecause`, which is kept beside the address.
 */
export function failureOf(cause: unknown, mail: FailedMail): Error {
  const failure = Object(cause) as SmtpFailure;
  const { code = '', originalCode, response, responseCode: reply } = failure;
  const isRefused = isWithin(reply, 500);
  // What is said without a reply code refuses nothing, and takes nothing.
  const isOurOwnVerdict = response === undefined && !reply;
  if (aboutTheMail.includes(code) && (isRefused || isOurOwnVerdict)) return refusal(failure, mail);
  if (isWithin(reply, 400)) return deferral(failure);
  if (isRefused)
    return new ChannelError('transient', { message: `The mail server sent us away: reply ${reply}.`, cause });
  const reason = originalCode || code || 'closed';
  if (mail.wasHandedOver)
    return new Error(`Whether the mail server took the mail is unknown: it never answered (${reason}).`, {
      cause,
    });
  const message = `The connection to the mail server failed before it had the mail (${reason}).`;
  return new ChannelError('transient', { message, cause });
}

function refusal(cause: SmtpFailure, { to, from }: FailedMail): ChannelError {
  const { code, command = '', response, responseCode } = cause;
  if (response === undefined)
    return new ChannelError('permanent', { message: `The mail cannot be sent: ${code}.`, cause });
  const { meaning, because } = meaningOf({ stage: stageOf(command), reply: response, to, from });
  return new ChannelError('permanent', {
    message: `The mail server refused the mail: reply ${responseCode}. Taken for: ${because}.`,
    cause,
    ...(meaning === 'bad-mailbox' && { suppress: 'bounced', suppressBecause: response }),
  });
}

/** Nobody else's mail waits for what one recipient's server or mailbox has not got now. */
function deferral(cause: SmtpFailure): ChannelError {
  const { command = '', response = '', responseCode } = cause;
  const { meaning, concerns } = meaningOf({ stage: stageOf(command), reply: response });
  return new ChannelError('transient', {
    message: `The mail server sent us away: reply ${responseCode}.`,
    cause,
    isThrottled: meaning === 'slower',
    ...(concerns === 'recipient' && { scope: 'recipient' }),
  });
}

const stages: Readonly<Record<string, SmtpStage>> = {
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  DATA: 'data',
};

const stageOf = (command: string): SmtpStage =>
  command.startsWith('AUTH') ? 'login' : (stages[command] ?? 'connection');

const isWithin = (reply: number | undefined, hundred: number) =>
  reply !== undefined && reply >= hundred && reply < hundred + 100;
