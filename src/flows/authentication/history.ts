import type { Stage } from '../../pipeline-runtime/index.ts';
import type { AuthMessage, AuthMessages } from './messages.ts';
import type { Vault } from './vault.ts';

/** Something that has happened to an account. */
export interface Happening {
  readonly atMs: number;
  readonly type: keyof AuthMessages;
  /** How it ended, or why; empty where the type says it. */
  readonly why: string;
  readonly deviceId: string;
  readonly country: string;
}

/** What has happened to one account: how often, of all, and the latest. */
export interface History {
  /** By type, and by type and reason: `LoginAttempted locked`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly latest: readonly Happening[];
}

/** Of links that are nobody's. */
export const nobody = 'nobody';

const mostKept = 200;

/** Counted, and no part of the story. */
const counted = [
  'RegistrationRequested',
  'LoginRequested',
  'SessionPresented',
  'SessionUsed',
  'VerificationRequested',
] as const;
const told = [
  'RegistrationRejected',
  'RegistrationRepeated',
  'UserRegistered',
  'LinkRefused',
  'UserCreated',
  'LoginAttempted',
  'AccountLocked',
  'MfaEnrolled',
  'EnrolmentRefused',
  'SessionCreated',
  'SessionRefused',
  'SessionEnded',
  'CredentialChanged',
  'SecurityAlert',
  'MailSent',
  'MailFailed',
] as const;
type In = AuthMessage<(typeof counted)[number] | (typeof told)[number]>;

/** Writes down what happens, with names and nothing else. What waited in the vault for it is let go: it is committed. */
export const historyStage = (vault: Vault): Stage<In, never, History> => ({
  name: 'history',
  accepts: [...counted, ...told],
  state: {
    initial: () => ({ counts: {}, latest: [] }),
    key: ({ data }) => data.userId ?? nobody,
  },
  handle(message, { state }) {
    const { type, time, data } = message;
    const { counts, latest } = state.get();
    const reasons = reasonsOf(message);
    const names = [type, ...reasons.map((reason) => `${type} ${reason}`)];
    const happening: Happening = {
      atMs: Date.parse(time),
      type,
      why: reasons.join(', '),
      deviceId: 'deviceId' in data ? (data.deviceId ?? '') : '',
      country: 'country' in data ? data.country : '',
    };
    state.set({
      counts: { ...counts, ...Object.fromEntries(names.map((name) => [name, (counts[name] ?? 0) + 1])) },
      latest: isTold(type) ? [...latest, happening].slice(-mostKept) : latest,
    });
    if ('attemptId' in data && isOver(message)) vault.forget(data.attemptId);
    return [];
  },
});

const isTold = (type: In['type']): boolean => (told as readonly string[]).includes(type);

/** Nobody will ask for its secrets again. */
const isOver = ({ type, data }: In): boolean =>
  type === 'SessionUsed' ? data.use !== 'enrol' : isTold(type);

function reasonsOf({ type, data }: In): readonly string[] {
  switch (type) {
    case 'RegistrationRejected':
      return data.reasons;
    case 'LoginAttempted':
      return [data.outcome];
    case 'SecurityAlert':
      return [data.kind];
    case 'MailSent':
      return [data.mail];
    default:
      return 'reason' in data ? [data.reason] : [];
  }
}
