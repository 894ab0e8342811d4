import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import type { Keys } from './keys.ts';
import { type AuthMessage, authMessages as messages } from './messages.ts';
import { type Hasher, preparedPassword } from './passwords.ts';
import { policy } from './policy.ts';
import type { WeaknessOf } from './strength.ts';
import type { Vault } from './vault.ts';

interface Credential {
  readonly credentialId: string;
  /** Sealed: who has the datastore and not the key cannot even begin to guess. */
  readonly hash: string;
}

/** Of one account. */
export interface Account {
  /** Sealed. */
  readonly email: string;
  readonly active: Credential | null;
  /** Registered, and not verified. */
  readonly pending: readonly (Credential & { readonly atMs: number })[];
  /** When whoever has it was last told that somebody has registered it again. */
  readonly repeatedAtMs: number;
}

export interface CredentialPorts {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly hasher: Hasher;
  readonly weaknessOf: WeaknessOf;
  /** Hashes at once. Default 2: of the four threads of libuv, two are left to all else. */
  readonly hashesAtOnce?: number;
}

type In = AuthMessage<'RegistrationValidated' | 'UserCreated' | 'LoginAdmitted' | 'LoginApproved'>;
type Out = AuthMessage<
  | 'UserRegistered'
  | 'RegistrationRepeated'
  | 'RegistrationRejected'
  | 'CredentialsPassed'
  | 'LoginAttempted'
  | 'CredentialChanged'
>;
type Context = StageContext<Account | null>;

/** A pending one outlives its token, so that whoever has followed the link in time has it. */
const pendingMs = policy.token.lastsMs + 3_600_000;

/**
 * Hashes passwords, and compares. Whatever it is asked, for whomever, takes one hash: of a mailbox that is unknown it is the hash of nobody.
 */
export const credentialStage = (ports: CredentialPorts): Stage<In, Out, Account | null> => ({
  name: 'credentials',
  accepts: ['RegistrationValidated', 'UserCreated', 'LoginAdmitted', 'LoginApproved'],
  where: ({ type, data }) => type !== 'LoginApproved' || data.purpose === 'change',
  concurrency: ports.hashesAtOnce ?? 2,
  timeoutMs: 60_000,
  retry: { attempts: 2 },
  state: { initial: () => null },
  handle(message, context) {
    switch (message.type) {
      case 'RegistrationValidated':
        return register(message, context, ports);
      case 'UserCreated':
        return activate(message, context);
      case 'LoginAdmitted':
        return compare(message, context, ports);
      case 'LoginApproved':
        return change(message, context, ports);
    }
  },
  giveUp({ type, data }, _, { next }) {
    if (type === 'LoginAdmitted' || type === 'LoginApproved')
      return [next(messages.LoginAttempted, { ...data, outcome: 'failed' })];
    return type === 'RegistrationValidated'
      ? [next(messages.RegistrationRejected, { ...data, reasons: ['interrupted'] })]
      : [];
  },
});

const newAccount = (email: string): Account => ({ email, active: null, pending: [], repeatedAtMs: 0 });

/** Where an address may be opened. */
export const addressPlace = (userId: string): string => `email ${userId}`;

async function register(
  { data: { userId, attemptId } }: AuthMessage<'RegistrationValidated'>,
  { state, next, nowMs }: Context,
  { vault, keys, hasher }: CredentialPorts,
): Promise<readonly Out[]> {
  const of = { userId, attemptId };
  const { email, password } = vault.read(attemptId) ?? {};
  if (email === undefined || password === undefined)
    return [next(messages.RegistrationRejected, { ...of, reasons: ['interrupted'] })];
  const credentialId = keys.credentialOf(attemptId);
  const hash = await hashed(password, credentialId, { keys, hasher });
  const account = state.get() ?? newAccount(keys.seal(email.trim(), addressPlace(userId)));
  const tooMany = next(messages.RegistrationRejected, { ...of, reasons: ['too_many_pending'] });
  if (account.active !== null) {
    if (nowMs - account.repeatedAtMs < policy.token.lastsMs) return [tooMany];
    state.set({ ...account, repeatedAtMs: nowMs });
    return [next(messages.RegistrationRepeated, of)];
  }
  const pending = account.pending.filter(({ atMs }) => nowMs - atMs < pendingMs);
  if (pending.length >= policy.mostPending) return [tooMany];
  state.set({ ...account, pending: [...pending, { credentialId, hash, atMs: nowMs }] });
  return [next(messages.UserRegistered, { ...of, credentialId })];
}

function activate(
  { data: { credentialId } }: AuthMessage<'UserCreated'>,
  { state }: Context,
): readonly Out[] {
  const account = state.get();
  const verified = account?.pending.find((each) => each.credentialId === credentialId);
  if (!account || !verified) return [];
  state.set({ ...account, active: { credentialId, hash: verified.hash }, pending: [] });
  return [];
}

async function compare(
  { data }: AuthMessage<'LoginAdmitted'>,
  { state, next }: Context,
  { vault, keys, hasher }: CredentialPorts,
): Promise<readonly Out[]> {
  const { password: typed } = vault.read(data.attemptId) ?? {};
  if (typed === undefined) return [next(messages.LoginAttempted, { ...data, outcome: 'interrupted' })];
  const account = state.get();
  const credential = account?.active ?? account?.pending.at(-1);
  const password = preparedPassword(typed);
  const isUsable = credential !== undefined && password !== undefined;
  const hash = isUsable ? keys.open(credential.hash, `hash ${credential.credentialId}`) : hasher.ofNobody;
  const isRight = (await hasher.verify(password ?? '', hash)) && isUsable;
  if (!isRight) return [next(messages.LoginAttempted, { ...data, outcome: 'wrong_credentials' })];
  return account?.active
    ? [next(messages.CredentialsPassed, data)]
    : [next(messages.LoginAttempted, { ...data, outcome: 'email_not_verified' })];
}

async function change(
  { data }: AuthMessage<'LoginApproved'>,
  { state, next }: Context,
  { vault, keys, hasher, weaknessOf }: CredentialPorts,
): Promise<readonly Out[]> {
  const { userId, attemptId } = data;
  const end = (outcome: AuthMessage<'LoginAttempted'>['data']['outcome']) =>
    next(messages.LoginAttempted, { ...data, outcome });
  const { newPassword, email = '' } = vault.read(attemptId) ?? {};
  const account = state.get();
  if (newPassword === undefined || account === null) return [end('interrupted')];
  if ((await weaknessOf(newPassword, email)) !== null) return [end('weak_password')];
  const credentialId = keys.credentialOf(attemptId);
  const hash = await hashed(newPassword, credentialId, { keys, hasher });
  state.set({ ...account, active: { credentialId, hash } });
  return [next(messages.CredentialChanged, { userId, attemptId, credentialId }), end('changed')];
}

async function hashed(
  password: string,
  credentialId: string,
  { keys, hasher }: Pick<CredentialPorts, 'keys' | 'hasher'>,
): Promise<string> {
  const hash = await hasher.hash(preparedPassword(password) ?? '', keys.saltOf(credentialId));
  return keys.seal(hash, `hash ${credentialId}`);
}
