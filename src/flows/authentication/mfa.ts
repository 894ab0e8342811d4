import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import type { Keys } from './keys.ts';
import { type AuthMessage, authMessages as messages } from './messages.ts';
import { checkCode } from './totp.ts';
import type { Vault } from './vault.ts';

export interface SecondFactor {
  /** Sealed. */
  readonly secret: string;
  /** The newest step of which a code was used. */
  readonly lastStep: number;
}

export interface MfaPorts {
  readonly vault: Vault;
  readonly keys: Keys;
}

type In = AuthMessage<'CredentialsPassed' | 'EnrolmentGranted'>;
type Out = AuthMessage<
  | 'LoginApproved'
  | 'LoginAttempted'
  | 'MfaRequired'
  | 'MfaPassed'
  | 'MfaFailed'
  | 'MfaEnrolled'
  | 'EnrolmentRefused'
>;
type Context = StageContext<SecondFactor | null>;

/** Asks for a code where one is due, and takes each once. */
export const mfaStage = (ports: MfaPorts): Stage<In, Out, SecondFactor | null> => ({
  name: 'mfa',
  accepts: ['CredentialsPassed', 'EnrolmentGranted'],
  state: { initial: () => null },
  handle: (message, context) =>
    message.type === 'EnrolmentGranted' ? enrol(message, context, ports) : check(message, context, ports),
  giveUp: ({ type, data }, _, { next }) =>
    type === 'CredentialsPassed' ? [next(messages.LoginAttempted, { ...data, outcome: 'failed' })] : [],
});

function check(
  { data }: AuthMessage<'CredentialsPassed'>,
  { state, next, nowMs }: Context,
  { vault, keys }: MfaPorts,
): readonly Out[] {
  const { userId, attemptId } = data;
  const of = { userId, attemptId };
  const factor = state.get();
  if (factor === null) return [next(messages.LoginApproved, data)];
  const { code = '' } = vault.read(attemptId) ?? {};
  if (code === '')
    return [
      next(messages.MfaRequired, of),
      next(messages.LoginAttempted, { ...data, outcome: 'mfa_required' }),
    ];
  const secret = Buffer.from(keys.open(factor.secret, placeOf(userId)), 'base64url');
  const checked = checkCode(secret, code, { nowMs, lastStep: factor.lastStep });
  if ('reason' in checked)
    return [
      next(messages.MfaFailed, { ...of, reason: checked.reason }),
      next(messages.LoginAttempted, { ...data, outcome: checked.reason }),
    ];
  state.set({ ...factor, lastStep: checked.step });
  return [next(messages.MfaPassed, of), next(messages.LoginApproved, data)];
}

/** With a code that the new secret makes: an app that has read it wrong would lock its owner out. */
function enrol(
  { data: { userId, attemptId } }: AuthMessage<'EnrolmentGranted'>,
  { state, next, nowMs }: Context,
  { vault, keys }: MfaPorts,
): readonly Out[] {
  const of = { userId, attemptId };
  const refuse = (reason: AuthMessage<'EnrolmentRefused'>['data']['reason']) => [
    next(messages.EnrolmentRefused, { ...of, reason }),
  ];
  // Who has stolen a session does not get to put a phone of his own in place of hers.
  if (state.get() !== null) return refuse('already_enrolled');
  const { code = '', totpSecret } = vault.read(attemptId) ?? {};
  if (totpSecret === undefined) return refuse('interrupted');
  const checked = checkCode(totpSecret, code, { nowMs, lastStep: -1 });
  if ('reason' in checked) return refuse('mfa_wrong');
  const secret = keys.seal(Buffer.from(totpSecret).toString('base64url'), placeOf(userId));
  state.set({ secret, lastStep: checked.step });
  return [next(messages.MfaEnrolled, of)];
}

const placeOf = (userId: string): string => `totp ${userId}`;
