import type { Tone } from '../../report/index.ts';
import type { Happening } from './history.ts';
import type { AuthMessages, Outcome } from './messages.ts';

interface Said {
  readonly tone: Tone;
  /** What whoever has asked is told: of a mailbox that has no account the same as of one that has. */
  readonly told: string;
}

const wrong = 'wrong address or password';
const later = 'try again later';

/** Only who knows the password is told more than that something is wrong. */
export const outcomes: Readonly<Record<Outcome, Said>> = {
  session: { tone: 'good', told: 'come in' },
  changed: { tone: 'good', told: 'it is changed' },
  email_not_verified: { tone: 'warning', told: 'see your mail' },
  mfa_required: { tone: 'warning', told: 'and the code?' },
  weak_password: { tone: 'warning', told: 'choose another password' },
  wrong_credentials: { tone: 'bad', told: wrong },
  mfa_wrong: { tone: 'bad', told: 'wrong code' },
  mfa_replayed: { tone: 'bad', told: 'wait for the next code' },
  locked: { tone: 'bad', told: later },
  too_many_at_once: { tone: 'bad', told: later },
  interrupted: { tone: 'bad', told: later },
  failed: { tone: 'bad', told: later },
};

const mailed = 'a mail is on its way';
/** Of a registration that is passed over in silence, the same as of one that is not. */
const answers: Readonly<Partial<Record<string, string>>> = {
  UserRegistered: mailed,
  RegistrationRepeated: mailed,
  'RegistrationRejected too_many_pending': mailed,
  'RegistrationRejected bad_email': 'that is no address',
  'RegistrationRejected interrupted': later,
  RegistrationRejected: 'choose another password',
  LinkRefused: 'the link is of no use',
  EnrolmentRefused: 'wrong code',
  SessionRefused: 'log in again',
};

/** What whoever has asked is told; empty where nobody has asked. */
export function toldOf({ type, why }: Pick<Happening, 'type' | 'why'>): string {
  if (type === 'LoginAttempted') return outcomes[why as Outcome].told;
  return answers[`${type} ${why}`] ?? answers[type] ?? '';
}

const short: Readonly<Partial<Record<keyof AuthMessages, string>>> = {
  RegistrationRejected: 'registration',
  RegistrationRepeated: 'registered again',
  UserRegistered: 'registered',
  LinkRefused: 'link',
  UserCreated: 'account created',
  LoginAttempted: 'login',
  AccountLocked: 'locked',
  MfaEnrolled: 'second factor enrolled',
  EnrolmentRefused: 'second factor',
  SessionCreated: 'session begins',
  SessionRefused: 'session',
  SessionEnded: 'session ends',
  CredentialChanged: 'password changed',
  SecurityAlert: 'alert',
  MailSent: 'mail',
  MailFailed: 'no mail',
};

export const inShort = ({ type, why }: Pick<Happening, 'type' | 'why'>): string =>
  [short[type] ?? type, why].filter((part) => part !== '').join(': ');
