import { InputError, quote } from '../../kernel/index.ts';

/** Where a broker is, as whom it is asked, and what it may lose. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly database: number;
  /** Whether one that writes nothing to a disk is taken too. */
  readonly mayKeepNothing: boolean;
  /** How many replicas must have what is published before it counts as published. */
  readonly replicas: number;
  /** For people: without the password. */
  readonly shown: string;
}

const known = ['persistence', 'replicas'];
const help = 'It looks like redis://user:password@host:6379/0, or rediss:// where it is encrypted.';

export type BrokerUrl = `redis://${string}` | `rediss://${string}`;

export const isBrokerUrl = (text: string): text is BrokerUrl => /^rediss?:\/\//i.test(text);

/**
 * Reads `redis://user:password@host:6379/0`. Behind a question mark: `persistence=none`, where one that writes nothing to a disk will do,
 * and `replicas=1`, where so many must have a message before it counts as published.
 * @throws {InputError} it cannot be read. What it says holds no password.
 */
export function readBrokerAddress(url: string): BrokerAddress {
  // A URL of a scheme that it does not know is parsed without a look at its host.
  const asKnown = url.replace(/^rediss?:/i, 'http:');
  if (!isBrokerUrl(url) || !URL.canParse(asKnown))
    throw unreadable(url.replace(/:\/\/.*@/s, '://…@'), 'it is no URL of one');
  const { hostname, port, username, password, pathname, searchParams } = new URL(asKnown);
  const isEncrypted = /^rediss:/i.test(url);
  const shown = `${isEncrypted ? 'rediss' : 'redis'}://${hostname}:${port === '' ? 6379 : port}${pathname.replace(/\/$/, '')}`;
  for (const [name] of searchParams)
    if (!known.includes(name)) throw unreadable(shown, `${quote(name)} is none of ${known.join(', ')}`);
  const persistence = searchParams.get('persistence') ?? 'required';
  if (!['required', 'none'].includes(persistence))
    throw unreadable(shown, `persistence ${quote(persistence)} is none of required, none`);
  return {
    host: decodeURIComponent(hostname).replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    isEncrypted,
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    database: numberIn(pathname.slice(1) || '0', 'its database', shown),
    mayKeepNothing: persistence === 'none',
    replicas: numberIn(searchParams.get('replicas') ?? '0', 'replicas', shown),
    shown,
  };
}

function numberIn(text: string, what: string, shown: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw unreadable(shown, `${what} is no number: ${quote(text)}`);
}

const unreadable = (shown: string, why: string): InputError =>
  new InputError({ message: `cannot use ${quote(shown)} as the broker: ${why}`, help });
