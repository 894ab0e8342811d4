import { type Channel, ChannelError, type OutgoingMessage } from '../../delivery/index.ts';
import type { Message } from '../../events/index.ts';
import { AppError, defectOf, messageOf } from '../../kernel/index.ts';
import type { Attachment, Templates } from '../../notifications/index.ts';
import {
  HandlerTimeoutError,
  MessageRefusedError,
  type Stage,
  type StageContext,
} from '../../pipeline-runtime/index.ts';

/** A mail that a message leads to. */
export interface Mail {
  /** The provider sends once for it, however often it is asked: the same for the same mail, another for every other. */
  readonly key: string;
  readonly to: string;
  readonly recipientName: string;
  /** BCP 47. Left out: English. */
  readonly locale?: string;
  /** The folder of its template. */
  readonly template: string;
  readonly variables: object;
  readonly attachments?: readonly Attachment[];
}

/** How it ended. */
export type MailEnd =
  | { readonly isSent: true; readonly receipt: string }
  /** `rejected`, `attempts_exhausted` (the provider did not take it), `outcome_unknown`, or the code of an error of ours. */
  | { readonly isSent: false; readonly reason: string };

export interface MailStageOptions<In extends Message, Out extends Message> {
  readonly name?: string;
  readonly accepts: readonly In['type'][];
  /** Of the templates `email`. */
  readonly channel: Channel;
  readonly templates: Templates;
  /** Whom all of these mails are from. */
  readonly from: NonNullable<OutgoingMessage['from']>;
  /**
   * What is to be sent; undefined: nothing. Asked at each attempt, so that what no message may hold, such as a token, need
   * not be in one; it has to come to the same each time.
   * @throws {MessageRefusedError} there is nobody to send it to.
   */
  compose(message: In): Mail | undefined | Promise<Mail | undefined>;
  /** What is said of its end; left out, nothing. */
  told?(message: In, end: MailEnd, context: Pick<StageContext, 'next' | 'begin'>): readonly Out[];
}

/**
 * Sends a mail for a message, through delivery's channel: what fails for now is tried again, and a provider that fails time after time
 * is left alone for a minute, while mails wait and nothing else does. What nobody can send is a dead letter, with ids and no text.
 */
export function mailStage<In extends Message, Out extends Message = never>({
  name = 'mail',
  accepts,
  channel,
  templates,
  from,
  compose,
  told = () => [],
}: MailStageOptions<In, Out>): Stage<In, Out> {
  return {
    name,
    accepts,
    timeoutMs: 10_000,
    // Some twenty minutes.
    retry: { attempts: 24, baseDelayMs: 1000, jitter: false },
    breaker: { failureThreshold: 5, resetAfterMs: 60_000 },
    async handle(message, context) {
      const mail = await compose(message);
      if (mail === undefined) return [];
      const { key, to, recipientName, locale = 'en', template: type, variables, attachments } = mail;
      const { signal, wait } = context;
      const { id: receipt } = await refusing(async () => {
        const template = { type, family: channel.templates, locale, customerName: recipientName, variables };
        const content = templates.render(template);
        const outgoing = { to, recipientName, content, from, attachments };
        return channel.send(outgoing, { idempotencyKey: key, signal, wait });
      });
      return told(message, { isSent: true, receipt }, context);
    },
    giveUp: (message, thrown, context) => told(message, { isSent: false, reason: reasonOf(thrown) }, context),
  };
}

/** The provider did not take a mail, and may later. What it said stays out of dead letters: it may have an address in it. */
class MailNotTakenError extends AppError {
  readonly code = 'mail_not_taken';

  constructor(cause: ChannelError) {
    super({
      message: 'the provider of mails did not take it',
      help: 'Re-drive it when the provider is well.',
      cause,
    });
  }
}

/** What a provider refuses for good is no trouble of its own; what our code or templates fail at, they fail at again. */
async function refusing<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    if (thrown instanceof ChannelError && thrown.kind === 'transient') throw new MailNotTakenError(thrown);
    if (thrown instanceof ChannelError) {
      const message = 'the provider of mails refuses it';
      const help = 'See whether the address is right.';
      throw new MessageRefusedError('rejected', { message, help, cause: thrown });
    }
    const isOurs = thrown instanceof AppError || defectOf(thrown) !== undefined;
    if (!isOurs) throw thrown;
    const code = thrown instanceof AppError ? thrown.code : 'internal_error';
    const help = thrown instanceof AppError ? thrown.help : 'Mend the code that made the mail.';
    throw new MessageRefusedError(code, { message: messageOf(thrown), help, cause: thrown });
  }
}

/** Unless it is certain that the provider did not take the mail, it may have. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof MailNotTakenError) return 'attempts_exhausted';
  return thrown instanceof AppError && !(thrown instanceof HandlerTimeoutError)
    ? thrown.code
    : 'outcome_unknown';
}
