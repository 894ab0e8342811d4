import type { Stage } from '../../pipeline-runtime/index.ts';
import { type AlertKind, type AuthMessage, authMessages as messages } from './messages.ts';
import { policy } from './policy.ts';

/** From where somebody has come so far. */
export interface Habits {
  readonly devices: readonly string[];
  readonly countries: readonly string[];
  readonly last: { readonly country: string; readonly deviceId: string; readonly atMs: number } | null;
}

/** Notices what is unlike the logins before; the first of all is like no other, and is none. */
export const riskStage: Stage<
  AuthMessage<'SessionCreated' | 'CredentialChanged'>,
  AuthMessage<'SecurityAlert'>,
  Habits
> = {
  name: 'risk',
  accepts: ['SessionCreated', 'CredentialChanged'],
  state: { initial: () => ({ devices: [], countries: [], last: null }) },
  handle({ type, data }, { state, next, nowMs }) {
    const habits = state.get();
    const { userId } = data;
    if (type === 'CredentialChanged') {
      const { deviceId = 'unknown', country = 'ZZ' } = habits.last ?? {};
      const changed = { userId, causeId: data.attemptId, deviceId, country };
      return [next(messages.SecurityAlert, { ...changed, kind: 'password_changed' })];
    }
    const { sessionId, deviceId, country } = data;
    state.set({
      devices: remembered(habits.devices, deviceId),
      countries: remembered(habits.countries, country),
      last: { country, deviceId, atMs: nowMs },
    });
    const kind = kindOf(habits, { deviceId, country, nowMs });
    return kind === null
      ? []
      : [next(messages.SecurityAlert, { userId, causeId: sessionId, kind, deviceId, country })];
  },
};

/** The gravest of what is new. */
function kindOf(
  { devices, countries, last }: Habits,
  { deviceId, country, nowMs }: { deviceId: string; country: string; nowMs: number },
): AlertKind | null {
  if (last === null) return null;
  if (country !== last.country && nowMs - last.atMs < policy.travelMs) return 'impossible_travel';
  if (!countries.includes(country)) return 'new_country';
  return devices.includes(deviceId) ? null : 'new_device';
}

const remembered = (known: readonly string[], name: string): readonly string[] =>
  [...known.filter((each) => each !== name), name].slice(-policy.mostDevices);
