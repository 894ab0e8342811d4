import { z } from 'zod';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { digestOf, type Keys } from './keys.ts';
import { type AuthMessage, authMessages as messages } from './messages.ts';
import { policy } from './policy.ts';
import type { WeaknessOf } from './strength.ts';
import type { Vault } from './vault.ts';

const emailSchema = z.email();

/** Refuses what is no address, and passwords that are guessed soon, before anything slow is done. */
export const validateStage = (
  vault: Vault,
  weaknessOf: WeaknessOf,
): Stage<
  AuthMessage<'RegistrationRequested'>,
  AuthMessage<'RegistrationValidated' | 'RegistrationRejected'>
> => ({
  name: 'validate',
  accepts: ['RegistrationRequested'],
  async handle({ data: { userId, attemptId } }, { next }) {
    const of = { userId, attemptId };
    const { email, password } = vault.read(attemptId) ?? {};
    if (email === undefined || password === undefined)
      return [next(messages.RegistrationRejected, { ...of, reasons: ['interrupted'] })];
    const weakness = await weaknessOf(password, email);
    const isAddress = emailSchema.safeParse(email.trim()).success;
    const reasons = [
      ...(isAddress ? [] : (['bad_email'] as const)),
      ...(weakness === null ? [] : ([weakness] as const)),
    ];
    return [
      reasons.length === 0
        ? next(messages.RegistrationValidated, of)
        : next(messages.RegistrationRejected, { ...of, reasons }),
    ];
  },
});

/** A one-time token, kept under its digest. */
export interface Token {
  readonly userId: string;
  readonly credentialId: string;
  readonly untilMs: number;
  readonly isUsed: boolean;
}

/** Makes tokens, and takes each of them once: two who follow a link at the same moment come one after the other. */
export const tokenStage = (
  keys: Keys,
): Stage<
  AuthMessage<'UserRegistered' | 'LinkFollowed'>,
  AuthMessage<'VerificationRequested' | 'EmailVerified' | 'LinkRefused'>,
  Token | null
> => ({
  name: 'token',
  accepts: ['UserRegistered', 'LinkFollowed'],
  state: {
    initial: () => null,
    key: ({ type, data }) =>
      type === 'LinkFollowed' ? data.tokenHash : digestOf(keys.tokenOf(data.credentialId)),
  },
  handle({ type, data }, { state, next, nowMs }) {
    if (type === 'UserRegistered') {
      const { userId, credentialId } = data;
      state.set({ userId, credentialId, untilMs: nowMs + policy.token.lastsMs, isUsed: false });
      return [next(messages.VerificationRequested, { userId, credentialId })];
    }
    const { tokenHash } = data;
    const token = state.get();
    const refuse = (reason: AuthMessage<'LinkRefused'>['data']['reason']) => [
      next(messages.LinkRefused, { tokenHash, userId: token?.userId ?? null, reason }),
    ];
    if (token === null) return refuse('token_unknown');
    if (token.isUsed) return refuse('token_used');
    if (nowMs >= token.untilMs) return refuse('token_expired');
    state.set({ ...token, isUsed: true });
    const { userId, credentialId } = token;
    return [next(messages.EmailVerified, { userId, credentialId })];
  },
});

/** Whose password it is from now on: of several who have registered one mailbox, the one whose link was followed first. */
export const createStage: Stage<
  AuthMessage<'EmailVerified'>,
  AuthMessage<'UserCreated'>,
  { readonly credentialId: string } | null
> = {
  name: 'create',
  accepts: ['EmailVerified'],
  state: { initial: () => null },
  handle({ data: { userId, credentialId } }, { state, next }) {
    if (state.get() !== null) return [];
    state.set({ credentialId });
    return [next(messages.UserCreated, { userId, credentialId })];
  },
};
