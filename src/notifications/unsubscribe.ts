import { createHmac, timingSafeEqual } from 'node:crypto';
import { type NotificationType, notificationKinds } from './catalogue.ts';
import { shop } from './shop.ts';

/** Which of their mails a customer wants no more. */
export interface Unsubscription {
  readonly customerId: string;
  readonly category: string;
}

/** What is sent to many at a time, and so can be left with one click; the rest is about what the customer has done. */
const leftWithOneClick: readonly string[] = ['price_alerts'];

/** What one click on a mail of this type ends; undefined when it ends nothing. */
export function unsubscriptionFrom(type: NotificationType, customerId: string): Unsubscription | undefined {
  const { category } = notificationKinds[type];
  return leftWithOneClick.includes(category) ? { customerId, category } : undefined;
}

/**
 * The link of RFC 8058: whoever has the mail may follow it, without logging in, at any time. The same unsubscription has
 * the same link.
 */
export const unsubscribeUrl = (unsubscription: Unsubscription, secret: string): string =>
  `${shop.url}/unsubscribe?token=${tokenFor(unsubscription, secret)}`;

/** What a link's token says, if one of the secrets has signed it; the new and the old one while they change. */
export function readUnsubscribeToken(token: string, secrets: readonly string[]): Unsubscription | undefined {
  const [said = ''] = token.split('.', 1);
  const parts: unknown = parsed(said);
  if (!Array.isArray(parts) || parts.length !== 2 || !parts.every((part) => typeof part === 'string')) return;
  const [customerId, category] = parts as [string, string];
  const unsubscription = { customerId, category };
  const isSigned = secrets.some((secret) => isSame(token, tokenFor(unsubscription, secret)));
  return isSigned && leftWithOneClick.includes(category) ? unsubscription : undefined;
}

function tokenFor({ customerId, category }: Unsubscription, secret: string): string {
  const said = Buffer.from(JSON.stringify([customerId, category])).toString('base64url');
  // The purpose is signed too: another link with the same secret says something else.
  return `${said}.${createHmac('sha256', secret).update(`unsubscribe.${said}`).digest('base64url')}`;
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(Buffer.from(said, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
