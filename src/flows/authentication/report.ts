import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import { type Account, addressPlace } from './credentials.ts';
import { type History, nobody } from './history.ts';
import type { Keys } from './keys.ts';
import type { AuthMessages } from './messages.ts';
import type { SecondFactor } from './mfa.ts';
import type { Sessions } from './sessions.ts';
import { outcomeBars, type ShownAccount, sessionTimeline, storyTable } from './tables.ts';
import type { Gate } from './throttle.ts';

const mails = ['verify', 'welcome', 'alert', 'password-changed', 'registered-already'] as const;
const rejections = [
  'RegistrationRejected',
  'LoginAttempted',
  'LinkRefused',
  'SessionRefused',
  'EnrolmentRefused',
];
const noRejections = ['session', 'changed', 'mfa_required'];

export interface ReportOptions {
  readonly keys: Keys;
  readonly count: number;
}

/** What became of all who came, and whether it adds up. */
export async function reportOf(
  pipeline: Pipeline<AuthMessages>,
  { keys, count }: ReportOptions,
): Promise<FlowReport> {
  const accounts = await keptBy<Account>(pipeline, 'credentials');
  const histories = await keptBy<History>(pipeline, 'history');
  const sessions = await keptBy<Sessions>(pipeline, 'session');
  const factors = await keptBy<SecondFactor>(pipeline, 'mfa');
  const gates = await keptBy<Gate>(pipeline, 'throttle');
  const shown = [...histories].map(([userId, { latest }]): ShownAccount => {
    const email = accounts.get(userId)?.email;
    const address = email === undefined ? undefined : keys.open(email, addressPlace(userId));
    const name = address?.split('@')[0] ?? (userId === nobody ? 'nobody' : `unknown ${userId.slice(0, 6)}`);
    return { name, latest, sessions: sessions.get(userId) ?? [] };
  });
  const counts = summed([...histories.values()]);
  const said = (name: string): number => counts[name] ?? 0;
  const verified = [...accounts.values()].filter(({ active }) => active !== null).length;
  const open = [...sessions.values()].flat().filter(({ ended }) => ended === null).length;
  const due = ['VerificationRequested', 'RegistrationRepeated', 'UserCreated', 'SecurityAlert'];
  const mailsDue = due.reduce((sum, type) => sum + said(type), 0);
  const waiting = [...gates.values()].filter(
    (gate) => gate.inHand !== null || gate.waiting.length > 0,
  ).length;
  return {
    count,
    statistics: pipeline.statistics(),
    pictures: [sessionTimeline(shown), outcomeBars(counts)],
    tables: [storyTable(shown)],
    checks: [
      {
        words: `each login has one outcome (${said('LoginAttempted')})`,
        holds: said('LoginRequested') === said('LoginAttempted') && waiting === 0,
      },
      {
        words: `each account has one password, and one link was followed for it (${verified})`,
        holds: verified === said('UserCreated'),
      },
      {
        words: `each session began with a login (${said('SessionCreated')}), and has ended once or is open (${open})`,
        holds:
          said('SessionCreated') === said('LoginAttempted session') &&
          said('SessionCreated') === said('SessionEnded') + open,
      },
      {
        words: `each mail was sent once (${said('MailSent')})`,
        holds: mailsDue === said('MailSent'),
      },
    ],
    data: {
      users: verified,
      secondFactors: factors.size,
      mails: Object.fromEntries(mails.map((mail) => [mail, said(`MailSent ${mail}`)])),
      sessions: said('SessionCreated'),
      open,
      ends: reasonsOf(counts, ['SessionEnded']),
      rejections: reasonsOf(counts, rejections),
      locks: said('AccountLocked'),
      alerts: reasonsOf(counts, ['SecurityAlert']),
    },
  };
}

function summed(histories: readonly History[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { counts } of histories)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** How often each reason was given, by any of these. */
function reasonsOf(
  counts: Readonly<Record<string, number>>,
  types: readonly string[],
): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const [name, count] of Object.entries(counts)) {
    const [type = '', reason] = name.split(' ');
    if (reason === undefined || !types.includes(type) || noRejections.includes(reason)) continue;
    reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return Object.fromEntries(Object.entries(reasons).sort(([one], [other]) => (one < other ? -1 : 1)));
}
