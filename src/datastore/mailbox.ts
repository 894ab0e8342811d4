import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { domainToASCII } from 'node:url';

/**
 * The normal form of an address: two spellings of one mailbox, phone or endpoint have the same. It is for comparing
 * alone; what is sent to is what the customer gave.
 * - Mail: the domain in lower case and punycode, and the local part in lower case, as nearly every provider has it.
 * - Phone: E.164. A number without its country's code cannot be completed, and keeps its digits.
 * - URL: scheme and host in lower case and punycode, no default port, no full stop behind the host, no fragment.
 * Anything else, such as a push token, stays as it is.
 */
export function mailboxOf(address: string): string {
  const text = address.trim().normalize('NFC');
  if (/^https?:\/\//i.test(text)) return endpoint(text);
  if (text.includes('@')) return mail(text);
  return isPhone(text) ? phone(text) : text;
}

/** By which a suppressed mailbox is known again when its address is erased. */
export const traceOf = (mailbox: string): string =>
  `sha256:${createHash('sha256').update(`suppression.${mailbox}`).digest('hex')}`;

/** Whether it is written like a phone number; its normal form then begins with `+` or a digit. */
export const isPhone = (address: string): boolean =>
  /^\(?\+?[\s\d().\-/\u2010-\u2015]{5,}$/.test(address.trim().normalize('NFKC')) && /\d/.test(address);

function mail(text: string): string {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).toLowerCase().normalize('NFC');
  return `${local}@${host(text.slice(at + 1))}`;
}

/** A host that is none in ASCII is only lowered. */
function host(text: string): string {
  const rooted = text.replace(/\.$/, '').toLowerCase();
  return domainToASCII(rooted) || rooted;
}

function endpoint(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hostname = url.hostname.replace(/\.$/, '');
  url.hash = '';
  return url.href.replaceAll(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase());
}

const known = new Map<string, string>();
const mostKnown = 10_000;

/** Reading one takes longer than all else that is asked about an address. */
function phone(text: string): string {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  if (known.size >= mostKnown) known.clear();
  const number = readPhone(text);
  known.set(text, number);
  return number;
}

let library: typeof import('libphonenumber-js/min') | undefined;

/** Behind `+` or `00` comes the country's code. */
function readPhone(text: string): string {
  // Loaded for the first number that is compared: it costs start-up time for which most runs have no use.
  library ??= createRequire(import.meta.url)(
    'libphonenumber-js/min',
  ) as typeof import('libphonenumber-js/min');
  const dialled = text.normalize('NFKC').replace(/^\(?00/, '+');
  return library.parsePhoneNumberFromString(dialled)?.number ?? dialled.replaceAll(/[^+\d]/g, '');
}
