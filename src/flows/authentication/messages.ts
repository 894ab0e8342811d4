import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const source = '/flows/authentication';
const hops = z.int().nonnegative();
/** A name that was made under a key: of a mailbox, an attempt, a credential. */
const name = z.string().regex(/^[\w-]{22}$/);
const digest = z.string().regex(/^[\w-]{43}$/);
const user = { hops, userId: name };
/** Under the id of the attempt, what no message may hold waits in the vault. */
const attempt = { ...user, attemptId: name };
const credential = { ...user, credentialId: name };
const deviceId = z.string().regex(/^[\w.-]{1,64}$/);
const country = z.string().regex(/^[A-Z]{2}$/);
const login = { ...attempt, deviceId, country, purpose: z.enum(['login', 'change']) };
const use = z.enum(['visit', 'enrol', 'logout']);
const session = { ...user, sessionId: digest };

const outcomes = [
  'session',
  'changed',
  'wrong_credentials',
  'email_not_verified',
  'locked',
  'too_many_at_once',
  'mfa_required',
  'mfa_wrong',
  'mfa_replayed',
  'weak_password',
  'interrupted',
  'failed',
] as const;
const weaknesses = ['bad_email', 'too_short', 'too_long', 'weak_password'] as const;
const alerts = ['new_device', 'new_country', 'impossible_travel', 'password_changed'] as const;

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { userId: string }).userId,
    versions: [z.object({ ...user, ...shape })],
  });

const aboutLink = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { tokenHash: string }).tokenHash,
    versions: [z.object({ hops, tokenHash: digest, ...shape })],
  });

/** All that is said of accounts. No password, token, code, secret or address is in one. */
export const authMessages = {
  RegistrationRequested: about('RegistrationRequested', attempt),
  RegistrationRejected: about('RegistrationRejected', {
    ...attempt,
    reasons: z.array(z.enum([...weaknesses, 'too_many_pending', 'interrupted'])).min(1),
  }),
  RegistrationValidated: about('RegistrationValidated', attempt),
  /** There is an account of that mailbox: who has it is written to, and who asks is told what everybody is told. */
  RegistrationRepeated: about('RegistrationRepeated', attempt),
  UserRegistered: about('UserRegistered', { ...attempt, ...credential }),
  VerificationRequested: about('VerificationRequested', credential),
  LinkFollowed: aboutLink('LinkFollowed', {}),
  LinkRefused: aboutLink('LinkRefused', {
    userId: name.nullable(),
    reason: z.enum(['token_unknown', 'token_used', 'token_expired']),
  }),
  EmailVerified: about('EmailVerified', credential),
  UserCreated: about('UserCreated', credential),
  LoginRequested: about('LoginRequested', login),
  LoginAdmitted: about('LoginAdmitted', login),
  CredentialsPassed: about('CredentialsPassed', login),
  /** With the second factor, where there is one. */
  LoginApproved: about('LoginApproved', login),
  LoginAttempted: about('LoginAttempted', { ...login, outcome: z.enum(outcomes) }),
  AccountLocked: about('AccountLocked', { deviceId: deviceId.nullable(), untilMs: z.int() }),
  MfaRequired: about('MfaRequired', attempt),
  MfaPassed: about('MfaPassed', attempt),
  MfaFailed: about('MfaFailed', { ...attempt, reason: z.enum(['mfa_wrong', 'mfa_replayed']) }),
  EnrolmentRefused: about('EnrolmentRefused', {
    ...attempt,
    reason: z.enum(['mfa_wrong', 'already_enrolled', 'interrupted']),
  }),
  MfaEnrolled: about('MfaEnrolled', attempt),
  SessionPresented: about('SessionPresented', { ...attempt, use }),
  SessionUsed: about('SessionUsed', { ...attempt, ...session, use }),
  SessionRefused: about('SessionRefused', { ...attempt, reason: z.enum(['no_session', 'session_ended']) }),
  EnrolmentGranted: about('EnrolmentGranted', attempt),
  SessionCreated: about('SessionCreated', { ...session, deviceId, country, expiresAtMs: z.int() }),
  SessionTimeUp: about('SessionTimeUp', session),
  SessionEnded: about('SessionEnded', {
    ...session,
    reason: z.enum(['replaced', 'idle', 'absolute', 'logout', 'credential_changed']),
  }),
  CredentialChanged: about('CredentialChanged', { ...attempt, ...credential }),
  SecurityAlert: about('SecurityAlert', {
    causeId: digest.or(name),
    kind: z.enum(alerts),
    deviceId,
    country,
  }),
  MailSent: about('MailSent', { mail: z.string() }),
  MailFailed: about('MailFailed', { mail: z.string(), reason: z.string() }),
} as const;

export type AuthMessages = MessagesOf<typeof authMessages>;
export type AuthMessage<Type extends keyof AuthMessages> = {
  [T in Type]: Message<T, AuthMessages[T]>;
}[Type];
export type Outcome = (typeof outcomes)[number];
export type EndOfSession = AuthMessages['SessionEnded']['reason'];
export type AlertKind = (typeof alerts)[number];
