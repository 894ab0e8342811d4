import { minutesToMilliseconds } from 'date-fns';
import type { FlowReport } from '../../pipeline-runtime/index.ts';
import { type Bars, day, moment, type Timeline } from '../../report/index.ts';
import type { Happening } from './history.ts';
import type { Outcome } from './messages.ts';
import type { Session } from './sessions.ts';
import { inShort, outcomes, toldOf } from './words.ts';

type FlowTable = FlowReport['tables'][number];
type Lane = Timeline['lanes'][number];

export interface ShownAccount {
  /** What stands before the @ of the address, or that there is no account. */
  readonly name: string;
  readonly sessions: readonly Session[];
  readonly latest: readonly Happening[];
}

/** No picture and no list on a screen is longer. */
const mostAccounts = 3;
const mostSessions = 5;
const longestStory = 40;
/** So much of a session is drawn behind the last login: what goes on all day would leave no room for the logins. */
const behindLoginsMs = minutesToMilliseconds(10);

/** Of each account its logins, and below them the sessions that they began. */
export function sessionTimeline(accounts: readonly ShownAccount[]): Timeline {
  const shown = accounts.filter(({ sessions }) => sessions.length > 0).slice(0, mostAccounts);
  const loginsMs = shown.flatMap(({ latest }) => latest.filter(isLogin).map(({ atMs }) => atMs));
  const endMs = loginsMs.reduce((most, atMs) => Math.max(most, atMs), 0) + behindLoginsMs;
  return {
    kind: 'timeline',
    caption: 'Logins, and the sessions that they began',
    lanes: shown.flatMap((account) => [
      loginLane(account),
      ...account.sessions.slice(-mostSessions).map((session) => sessionLane(account.name, session, endMs)),
    ]),
  };
}

const isLogin = ({ type }: Happening): boolean => type === 'LoginAttempted';

const loginLane = ({ name, latest }: ShownAccount): Lane => ({
  name: `${name} logs in`,
  spans: [],
  moments: latest
    .filter(isLogin)
    .map(({ atMs, why }) => ({ atMs, words: why, tone: outcomes[why as Outcome].tone })),
});

function sessionLane(
  name: string,
  { deviceId, country, startedAtMs: fromMs, ended }: Session,
  endMs: number,
): Lane {
  const toMs = Math.max(fromMs, Math.min(ended?.atMs ?? endMs, endMs));
  const words = ended === null ? 'open' : `${ended.reason}, ${moment(ended.atMs).slice(11, 16)}`;
  const tone = ended === null || ended.reason === 'logout' ? 'good' : 'mild';
  return { name: `${name}, ${deviceId} ${country}`, spans: [{ fromMs, toMs, words, tone }] };
}

/** How many logins ended how. */
export const outcomeBars = (counts: Readonly<Record<string, number>>): Bars => ({
  kind: 'bars',
  caption: 'What became of logins',
  unit: 'logins',
  bars: Object.entries(outcomes).flatMap(([outcome, { tone }]) => {
    const value = counts[`LoginAttempted ${outcome}`] ?? 0;
    return value === 0 ? [] : [{ name: outcome, value, tone }];
  }),
});

/** What happened to whom, why, and what they were told; the latest. */
export function storyTable(accounts: readonly ShownAccount[]): FlowTable {
  const all = accounts
    .flatMap(({ name, latest }) => latest.map((happening) => ({ name, ...happening })))
    .sort((one, other) => one.atMs - other.atMs);
  const shown = all.slice(-longestStory);
  const isOneDay = new Set(shown.map(({ atMs }) => day(atMs))).size <= 1;
  return {
    title: all.length > shown.length ? `The latest (${shown.length} of ${all.length})` : 'What happened',
    columns: ['at', 'who', 'what', 'from', 'is told'],
    rows: shown.map((each) => [
      moment(each.atMs).slice(isOneDay ? 11 : 5),
      each.name,
      inShort(each),
      [each.deviceId, each.country].filter((part) => part !== '').join(' '),
      toldOf(each),
    ]),
  };
}
