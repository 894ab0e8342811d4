import { z } from 'zod';
import { type Channel, httpWebhook, smtpEmail } from '../delivery/index.ts';
import { AppError, InputError, messageOf, systemClock } from '../kernel/index.ts';
import type { Admin } from './admin-alerts.ts';
import type { WorldOptions } from './world.ts';

const emailSchema = z.email();

/** Where to find the providers that are not captured. What is not set, or empty, is. */
export interface ProviderSettings {
  /** A mail address: who is told of dead letters, over `SMTP_URL` or else on stderr. */
  readonly ADMIN_EMAIL?: string | undefined;
  /** `smtp[s]://[user:password@]host[:port]`: email goes out over it. */
  readonly SMTP_URL?: string | undefined;
  /** Any text that nobody can guess: signs the links with which mails of price alerts are ended; without it they have none. */
  readonly UNSUBSCRIBE_SECRET?: string | undefined;
  /**
   * Base64, with or without `whsec_` in front: webhooks are sent, and signed with it. Two, parted by a blank, while
   * receivers change from the second to the first.
   */
  readonly WEBHOOK_SECRET?: string | undefined;
}

export interface RealProviders {
  /** Each in place of the captured one of its name. */
  readonly channels: readonly Channel[];
  /** Who is told of dead letters; undefined: nobody. */
  readonly admin: Admin | undefined;
  /** A line for each, which names no secret. */
  readonly notices: readonly string[];
  /** Waits for what is in hand. */
  close(): Promise<void>;
}

/**
 * Providers that really send. They have the time of this machine, whatever the shop's clock says: a mail has the
 * date on which it was sent, and a receiver refuses the signature of another day.
 * @throws {InputError} one of the settings cannot be used.
 */
export function realProviders({
  ADMIN_EMAIL = '',
  SMTP_URL = '',
  WEBHOOK_SECRET = '',
  UNSUBSCRIBE_SECRET,
}: ProviderSettings): RealProviders {
  const clock = systemClock();
  const email =
    SMTP_URL === ''
      ? undefined
      : usable('SMTP_URL', () =>
          smtpEmail({ url: SMTP_URL, clock, unsubscribeSecret: UNSUBSCRIBE_SECRET || undefined }),
        );
  const webhook =
    WEBHOOK_SECRET === ''
      ? undefined
      : usable('WEBHOOK_SECRET', () => httpWebhook({ secret: WEBHOOK_SECRET.trim().split(/\s+/), clock }));
  const to = usable('ADMIN_EMAIL', () => adminAddress(ADMIN_EMAIL));
  return {
    admin: to === undefined ? undefined : { to, channel: email ?? alertsOnStderr },
    channels: [email, webhook].filter((channel) => channel !== undefined),
    notices: [
      ...(email ? [`email is really sent, over ${new URL(SMTP_URL).host} (SMTP_URL)`] : []),
      ...(webhook ? ['webhooks are really sent (WEBHOOK_SECRET)'] : []),
      ...(to && !email ? ['alerts for ADMIN_EMAIL are printed here; SMTP_URL sends them'] : []),
    ],
    close: async () => email?.close(),
  };
}

/** @throws {AppError} it is no mail address. */
function adminAddress(text: string): string | undefined {
  if (text === '' || emailSchema.safeParse(text).success) return text || undefined;
  throw new InputError({
    message: `${JSON.stringify(text)} is no mail address`,
    help: 'Give one, as in ops@example.com.',
  });
}

/** Where nothing is really sent, whoever runs the command is the administrator. */
const alertsOnStderr: Channel = {
  name: 'email',
  templates: 'email',
  async send({ to, content }) {
    process.stderr.write(`alert for ${to}: ${content.subject}\n`);
    return { id: 'printed' };
  },
};

function usable<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    const help = thrown instanceof AppError ? thrown.help : 'Give base64, with or without whsec_ in front.';
    throw new InputError({ message: `${name}: ${messageOf(thrown)}`, help, cause: thrown });
  }
}

/**
 * Lets a command use the providers of its environment, and says so on stderr. Whoever is asked to stop (`signal`) has
 * given them the time they had, and waits for none of them.
 */
export async function withRealProviders<T>(
  signal: AbortSignal,
  work: (providers: Pick<WorldOptions, 'channels' | 'admin'>) => Promise<T>,
): Promise<T> {
  const { channels, admin, notices, close } = realProviders(process.env);
  for (const notice of notices) process.stderr.write(`${notice}\n`);
  try {
    return await work({ channels, ...(admin && { admin }) });
  } finally {
    const closed = close();
    if (!signal.aborted) await closed;
  }
}
