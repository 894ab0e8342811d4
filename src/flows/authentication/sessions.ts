import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { digestOf, type Keys } from './keys.ts';
import { type AuthMessage, type EndOfSession, authMessages as messages } from './messages.ts';
import { policy } from './policy.ts';
import type { Vault } from './vault.ts';

/** Times are milliseconds since the epoch. */
export interface Session {
  /** The digest of the cookie. */
  readonly sessionId: string;
  /** The login that it was made by. */
  readonly attemptId: string;
  readonly deviceId: string;
  readonly country: string;
  readonly startedAtMs: number;
  readonly usedAtMs: number;
  readonly ended: { readonly atMs: number; readonly reason: EndOfSession } | null;
}

export interface SessionPorts {
  readonly vault: Vault;
  readonly keys: Keys;
}

type In = AuthMessage<'LoginApproved' | 'SessionPresented' | 'SessionTimeUp' | 'CredentialChanged'>;
type Out = AuthMessage<
  | 'SessionCreated'
  | 'SessionEnded'
  | 'SessionUsed'
  | 'SessionRefused'
  | 'LoginAttempted'
  | 'EnrolmentGranted'
  | 'SessionTimeUp'
>;
/** The newest last, those that have ended too. */
export type Sessions = readonly Session[];
type Context = StageContext<Sessions>;

const absoluteMs = ({ startedAtMs }: Session): number => startedAtMs + policy.session.absoluteMs;
const lastsUntilMs = (session: Session): number =>
  Math.min(session.usedAtMs + policy.session.idleMs, absoluteMs(session));

/**
 * Sessions end half an hour after their last use, twelve hours after the login, with a new password, and when the same device logs in
 * again: no session that was there before a login is there behind it.
 */
export const sessionStage = (ports: SessionPorts): Stage<In, Out, Sessions> => ({
  name: 'session',
  accepts: ['LoginApproved', 'SessionPresented', 'SessionTimeUp', 'CredentialChanged'],
  where: ({ type, data }) => type !== 'LoginApproved' || data.purpose === 'login',
  state: { initial: () => [] },
  handle(message, context) {
    switch (message.type) {
      case 'LoginApproved':
        return create(message, context, ports);
      case 'SessionPresented':
        return present(message, context, ports);
      case 'SessionTimeUp':
        return timeUp(message, context);
      case 'CredentialChanged':
        return end(context, () => true, { userId: message.data.userId, reason: 'credential_changed' });
    }
  },
  giveUp: ({ type, data }, _, { next }) =>
    type === 'LoginApproved' ? [next(messages.LoginAttempted, { ...data, outcome: 'failed' })] : [],
});

function create(
  { data }: AuthMessage<'LoginApproved'>,
  context: Context,
  { keys }: SessionPorts,
): readonly Out[] {
  const { state, at, next, nowMs } = context;
  const { userId, attemptId, deviceId, country } = data;
  const replaced = end(context, (session) => session.deviceId === deviceId, { userId, reason: 'replaced' });
  const sessionId = digestOf(keys.cookieOf(attemptId));
  const times = { startedAtMs: nowMs, usedAtMs: nowMs, ended: null };
  const session: Session = { sessionId, attemptId, deviceId, country, ...times };
  const all = [...state.get(), session];
  const ended = all.filter((each) => each.ended !== null).slice(0, -policy.session.mostKept);
  state.set(all.filter((each) => !ended.includes(each)));
  at(sessionId, lastsUntilMs(session), next(messages.SessionTimeUp, { userId, sessionId }));
  const created = { userId, sessionId, deviceId, country, expiresAtMs: absoluteMs(session) };
  return [
    ...replaced,
    next(messages.SessionCreated, created),
    next(messages.LoginAttempted, { ...data, outcome: 'session' }),
  ];
}

async function present(
  { data: { userId, attemptId, use } }: AuthMessage<'SessionPresented'>,
  context: Context,
  { vault }: SessionPorts,
): Promise<readonly Out[]> {
  const { state, at, next, nowMs } = context;
  const of = { userId, attemptId };
  const cookie = await vault.read(attemptId)?.cookie?.();
  const sessionId = cookie && digestOf(cookie);
  const session = state.get().find((each) => each.sessionId === sessionId);
  if (session === undefined) return [next(messages.SessionRefused, { ...of, reason: 'no_session' })];
  // By the clock, and not by the timer: that may come late.
  if (session.ended !== null || nowMs >= lastsUntilMs(session))
    return [next(messages.SessionRefused, { ...of, reason: 'session_ended' })];
  const used = next(messages.SessionUsed, { ...of, use, sessionId: session.sessionId });
  if (use === 'logout')
    return [used, ...end(context, (each) => each === session, { userId, reason: 'logout' })];
  const touched = { ...session, usedAtMs: nowMs };
  state.set(state.get().map((each) => (each === session ? touched : each)));
  const alarm = next(messages.SessionTimeUp, { userId, sessionId: session.sessionId });
  at(session.sessionId, lastsUntilMs(touched), alarm);
  return use === 'enrol' ? [used, next(messages.EnrolmentGranted, of)] : [used];
}

function timeUp(
  { data: { userId, sessionId } }: AuthMessage<'SessionTimeUp'>,
  context: Context,
): readonly Out[] {
  const { state, nowMs } = context;
  const session = state.get().find((each) => each.sessionId === sessionId);
  if (session === undefined || nowMs < lastsUntilMs(session)) return [];
  const reason = nowMs >= absoluteMs(session) ? 'absolute' : 'idle';
  return end(context, (each) => each === session, { userId, reason });
}

/** Ends those that are open. */
function end(
  { state, cancel, next, nowMs }: Context,
  which: (session: Session) => boolean,
  { userId, reason }: { readonly userId: string; readonly reason: EndOfSession },
): readonly AuthMessage<'SessionEnded'>[] {
  const ending = state.get().filter((session) => session.ended === null && which(session));
  if (ending.length === 0) return [];
  const ended = { atMs: nowMs, reason };
  state.set(state.get().map((session) => (ending.includes(session) ? { ...session, ended } : session)));
  return ending.map(({ sessionId }) => {
    cancel(sessionId);
    return next(messages.SessionEnded, { userId, sessionId, reason });
  });
}
