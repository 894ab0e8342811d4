import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { isLocked, type Lane, newLane, withFailure } from './lock.ts';
import { type AuthMessage, authMessages as messages, type Outcome } from './messages.ts';
import { policy } from './policy.ts';

type Attempt = Omit<AuthMessage<'LoginRequested'>['data'], 'hops'>;

/** Of one account, whether there is one or not. */
export interface Gate {
  /** Whose outcome is not known yet. */
  readonly inHand: string | null;
  readonly waiting: readonly Attempt[];
  /** That have had a session. */
  readonly devices: readonly string[];
  /** By the device, or of all that are not known: who guesses from elsewhere does not lock out who has been here before. */
  readonly lanes: Readonly<Record<string, Lane>>;
}

type In = AuthMessage<'LoginRequested' | 'LoginAttempted'>;
type Out = AuthMessage<'LoginAdmitted' | 'LoginAttempted' | 'AccountLocked'>;
type Context = StageContext<Gate>;

const elsewhere = '*';
const counted: readonly Outcome[] = ['wrong_credentials', 'mfa_wrong', 'mfa_replayed'];
const succeeded: readonly Outcome[] = ['session', 'changed'];
/** It says them itself. */
const refused: readonly Outcome[] = ['locked', 'too_many_at_once'];

/**
 * Lets one attempt on an account through at a time, so that a hundred at the same moment are counted as if they came one after the other;
 * and none while it is locked. What is refused here costs no hash.
 */
export const throttleStage: Stage<In, Out, Gate> = {
  name: 'throttle',
  accepts: ['LoginRequested', 'LoginAttempted'],
  where: ({ type, data }) => type === 'LoginRequested' || !refused.includes(data.outcome),
  state: { initial: () => ({ inHand: null, waiting: [], devices: [], lanes: {} }) },
  handle({ type, data }, context) {
    const { state, next } = context;
    const gate = state.get();
    if (type === 'LoginAttempted')
      return data.attemptId === gate.inHand ? admit(counting(gate, data, context), context) : [];
    const { hops: _, ...attempt } = data;
    if (gate.inHand !== null && gate.waiting.length >= policy.mostWaiting)
      return [next(messages.LoginAttempted, { ...attempt, outcome: 'too_many_at_once' })];
    const joined = { gate: { ...gate, waiting: [...gate.waiting, attempt] }, said: [] };
    if (gate.inHand === null) return admit(joined, context);
    state.set(joined.gate);
    return [];
  },
};

interface Step {
  readonly gate: Gate;
  readonly said: readonly Out[];
}

/** The outcome is known: the next may come. */
function counting(
  gate: Gate,
  { userId, deviceId, outcome }: AuthMessage<'LoginAttempted'>['data'],
  { next, nowMs }: Context,
): Step {
  const name = laneOf(gate, deviceId);
  const lane = gate.lanes[name] ?? newLane;
  const free = { ...gate, inHand: null };
  if (succeeded.includes(outcome)) {
    const devices = [...gate.devices.filter((each) => each !== deviceId), deviceId].slice(
      -policy.mostDevices,
    );
    const { [name]: __, ...others } = gate.lanes;
    const known = Object.entries(others).filter(([each]) => each === elsewhere || devices.includes(each));
    return { gate: { ...free, devices, lanes: Object.fromEntries(known) }, said: [] };
  }
  // A right password alone is no success: else who has it would guess codes without end.
  if (!counted.includes(outcome)) return { gate: free, said: [] };
  const after = withFailure(lane, nowMs);
  const lock = { userId, deviceId: name === elsewhere ? null : name, untilMs: after.lockedUntilMs };
  return {
    gate: { ...free, lanes: { ...gate.lanes, [name]: after } },
    said: isLocked(after, nowMs) ? [next(messages.AccountLocked, lock)] : [],
  };
}

/** The first of those who wait that is not locked out; the others before it are told so. */
function admit({ gate, said }: Step, { state, next, begin, nowMs }: Context): readonly Out[] {
  const out = [...said];
  const waiting = [...gate.waiting];
  for (let attempt = waiting.shift(); attempt !== undefined; attempt = waiting.shift()) {
    if (isLocked(gate.lanes[laneOf(gate, attempt.deviceId)] ?? newLane, nowMs)) {
      out.push(next(messages.LoginAttempted, { ...attempt, outcome: 'locked' }));
      continue;
    }
    state.set({ ...gate, waiting, inHand: attempt.attemptId });
    // One outcome leads to the next attempt, and a queue has an end.
    return [...out, begin(messages.LoginAdmitted, attempt)];
  }
  state.set({ ...gate, waiting: [] });
  return out;
}

const laneOf = ({ devices }: Gate, deviceId: string): string =>
  devices.includes(deviceId) ? deviceId : elsewhere;
