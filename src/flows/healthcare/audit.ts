import { createHash } from 'node:crypto';
import { addYears } from 'date-fns';
import type { Stage } from '../../pipeline-runtime/index.ts';
import type { HealthMessage, HealthMessages } from './messages.ts';

/** What has happened, with ids and nothing else. */
export interface AuditEntry {
  readonly number: number;
  readonly at: string;
  readonly what: string;
  readonly who: string;
  readonly about: string;
  /** Nobody may throw it away before. */
  readonly keptUntil: string;
  /** Of the entry before; of the first, 64 zeros. */
  readonly before: string;
  /** SHA-256 over all of the above. */
  readonly digest: string;
}

const yearsKept = 6;
const noDigest = '0'.repeat(64);
const headKey = 'head';

/** The newest entry stands under `head` too: the next one has its digest. */
export const auditStage: Stage<HealthMessage<keyof HealthMessages>, never, AuditEntry | null> = {
  name: 'audit',
  accepts: [
    'AppointmentRequested',
    'CancelRequested',
    'OfferAnswered',
    'VisitEnded',
    'AppointmentRejected',
    'AppointmentBooked',
    'AppointmentCancelled',
    'AppointmentEnded',
    'SlotReleased',
    'SlotFreed',
    'WaitlistJoined',
    'SlotOffered',
    'OfferAccepted',
    'OfferDeclined',
    'OfferExpired',
    'ReminderScheduled',
    'ReminderSkipped',
    'ReminderCancelled',
    'ReminderSent',
    'MailFailed',
    'CalendarUpdated',
    'RecordAccessed',
  ],
  // A chain has one end.
  concurrency: 1,
  state: { initial: () => null, key: () => headKey },
  async handle(message, { state, stateOf }) {
    const { time: at, subject: about, data } = message;
    const who = 'patientId' in data ? data.patientId : '';
    const entry = entryBehind(state.get() ?? undefined, { at, what: wordsOf(message), who, about });
    state.set(entry);
    (await stateOf(entryKey(entry.number))).set(entry);
    return [];
  },
};

/** In the order of their numbers where they are sorted as texts. */
const entryKey = (number: number): string => `entry ${String(number).padStart(9, '0')}`;

const wordsOf = ({ type, data }: HealthMessage<keyof HealthMessages>): string =>
  type === 'RecordAccessed' ? `${data.who} has read the ${data.what} for ${data.why}` : type;

/** @param head The newest entry; undefined: there is none. */
export function entryBehind(
  head: AuditEntry | undefined,
  happened: Pick<AuditEntry, 'at' | 'what' | 'who' | 'about'>,
): AuditEntry {
  const keptUntil = addYears(happened.at, yearsKept).toISOString();
  const number = (head?.number ?? 0) + 1;
  const entry = { number, ...happened, keptUntil, before: head?.digest ?? noDigest };
  return { ...entry, digest: digestOf(entry) };
}

function digestOf({ number, at, what, who, about, keptUntil, before }: Omit<AuditEntry, 'digest'>): string {
  const text = JSON.stringify([number, at, what, who, about, keptUntil, before]);
  return createHash('sha256').update(text).digest('hex');
}

/** The number of the first entry that was changed, or does not follow the one before; undefined: all is as it was written. */
export function firstBroken(entries: readonly AuditEntry[]): number | undefined {
  let before = noDigest;
  for (const [index, entry] of entries.entries()) {
    if (entry.number !== index + 1 || entry.before !== before || digestOf(entry) !== entry.digest)
      return index + 1;
    before = entry.digest;
  }
  return undefined;
}
