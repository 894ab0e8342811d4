import { InputError } from '../../kernel/index.ts';

/** Where the mail server is, and how to talk to it. */
export interface SmtpServer {
  readonly host: string;
  /** The scheme's usual one if left out: 587, with TLS from the start 465. */
  readonly port?: number;
  /** TLS from the start; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Nothing is sent, and no password said, on a connection that the server will not encrypt. */
  readonly requireTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly tls: { readonly rejectUnauthorized: boolean };
}

/**
 * Reads `smtp[s]://[user:password@]host[:port][?option=true|false…]`. Options: `requireTLS`, true by
 * default where there is a password, and `tls.rejectUnauthorized`, true by default. Nothing else can be
 * set by URL, so that an address from the environment cannot lift a time limit.
 * @throws {InputError} when it is none; the text of the URL, which may hold a password, is not repeated.
 */
export function smtpServerOf(url: string): SmtpServer {
  if (!URL.canParse(url)) throw badUrl('it is no URL');
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw badUrl('it starts with neither smtp: nor smtps:');
  if (hostname === '') throw badUrl('it names no host');
  const options = switchesOf(searchParams);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port: Number(port) }),
    secure: protocol === 'smtps:',
    requireTLS: options.get('requireTLS') ?? password !== '',
    ...(username !== '' && { auth: { user: decoded(username), pass: decoded(password) } }),
    tls: { rejectUnauthorized: options.get('tls.rejectUnauthorized') ?? true },
  };
}

function switchesOf(parameters: URLSearchParams): Map<string, boolean> {
  const switches = new Map<string, boolean>();
  for (const [name, value] of parameters) {
    if (name !== 'requireTLS' && name !== 'tls.rejectUnauthorized')
      throw badUrl('it has an option that is not known');
    if (value !== 'true' && value !== 'false') throw badUrl(`its option ${name} is neither true nor false`);
    switches.set(name, value === 'true');
  }
  return switches;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badUrl('its user or password has a % that starts no escape');
  }
}

const badUrl = (reason: string) =>
  new InputError({
    message: `the URL of the mail server cannot be used: ${reason}`,
    help: 'Write smtp://user:password@mail.example:587 or smtps://…, with requireTLS and tls.rejectUnauthorized as the only options.',
  });
