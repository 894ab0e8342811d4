import fc from 'fast-check';
import type { Faults, ReportedReceipt } from '../../../src/delivery/index.ts';
import { addressOf, type ChannelName, channelNames, customers } from './cast.ts';
import type { Provider } from './provider.ts';

/** What became of a message that a provider had taken. A hard bounce says that the address is none. */
type Fate = 'delivered' | 'hard bounce' | 'soft bounce' | 'failed';

/** What a provider reports of one message. */
interface Report {
  /** Which of those that it has taken, counted from the latest; null: one that nobody ever gave it. */
  readonly nth: number | null;
  readonly fate: Fate;
  /** Whom it says that it is about: nobody, the recipient in another spelling, or somebody else. */
  readonly about: 'nobody' | 'recipient' | 'stranger';
  /** When that was by the provider's clock, which may be anything. */
  readonly atMs: number | undefined;
}

/** A provider calls back, with all of it at once. */
export interface ReportIncident {
  readonly kind: 'reports';
  readonly channel: ChannelName;
  readonly reports: readonly Report[];
  readonly isTwice: boolean;
}

type Words = Omit<ReportedReceipt, 'channel' | 'providerMessageId'>;

const mailWords: Readonly<Record<Fate, Words>> = {
  delivered: { status: 'delivered', code: '2.0.0' },
  'hard bounce': { status: 'bounced', code: '5.1.1', detail: '550 5.1.1 no such user' },
  'soft bounce': { status: 'bounced', code: '5.2.2', detail: '552 5.2.2 mailbox full' },
  failed: { status: 'failed', code: '4.4.7', detail: 'delivery time expired' },
};

/** Whoever turns a provider's callback into ours knows what its codes mean. */
const otherWords: Readonly<Record<Fate, Words>> = {
  delivered: { status: 'delivered' },
  'hard bounce': { status: 'bounced', code: 'no-such-number', suppress: 'bounced' },
  'soft bounce': { status: 'bounced', code: 'switched-off' },
  failed: { status: 'failed', code: 'expired' },
};

export const hardCodes: readonly (string | null | undefined)[] = ['5.1.1', 'no-such-number'];

const wordsOf = (channel: string, fate: Fate): Words => (channel === 'email' ? mailWords : otherWords)[fate];

/** Rarely hard, since nobody is written to behind it. */
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Fate>('delivered') },
  { weight: 3, arbitrary: fc.constant<Fate>('failed') },
  { weight: 2, arbitrary: fc.constant<Fate>('soft bounce') },
  { weight: 1, arbitrary: fc.constant<Fate>('hard bounce') },
);

const report: fc.Arbitrary<Report> = fc.record({
  nth: fc.oneof(
    { weight: 6, arbitrary: fc.nat(5) },
    { weight: 2, arbitrary: fc.nat(60) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  fate,
  about: fc.constantFrom('nobody', 'recipient', 'recipient', 'stranger'),
  atMs: fc.constantFrom(undefined, 0, Date.parse('2026-03-02T18:00:00.000Z'), Date.parse('2999-01-01')),
});

export const reportIncident: fc.Arbitrary<ReportIncident> = fc.record({
  kind: fc.constant('reports' as const),
  channel: fc.constantFrom(...channelNames),
  reports: fc.array(report, { minLength: 1, maxLength: 6 }),
  isTwice: fc.boolean(),
});

/** A provider that reports of each message before it has answered, and whose answer may get lost. */
export const earlyReports = (channel: ChannelName): fc.Arbitrary<Faults> =>
  fc.record({
    lostAnswerRate: fc.constantFrom(0, 0, 0.5),
    reports: fc.array(fate, { minLength: 1, maxLength: 2 }).map((fates) =>
      customers.flatMap((customer) => {
        const to = addressOf(customer, channel);
        return fates.map((each) => ({ to, afterMs: 0, recipient: to, ...wordsOf(channel, each) }));
      }),
    ),
  });

/** In words of the provider's, in which it may call as often as it likes. */
export function reportsOf({ reports, isTwice }: ReportIncident, provider: Provider): ReportedReceipt[] {
  const taken = provider.journal.filter(({ isTaken }) => isTaken);
  const all = reports.flatMap((given, index): ReportedReceipt[] => {
    const ask = given.nth === null ? undefined : taken.at(-1 - given.nth);
    if (given.nth !== null && ask === undefined) return [];
    const to = ask?.to ?? addressOf(customers[0], provider.name);
    const recipient = { nobody: undefined, recipient: inCapitals(to), stranger: 'list@lists.example' };
    return [
      {
        channel: provider.name,
        providerMessageId: ask ? `receipt-${ask.key}` : `never-seen-${taken.length}-${index}`,
        recipient: recipient[given.about],
        atMs: given.atMs,
        ...wordsOf(provider.name, given.fate),
      },
    ];
  });
  return isTwice ? [...all, ...all] : all;
}

/** The same mailbox; a URL may be another one. */
const inCapitals = (address: string): string => (address.includes('@') ? address.toUpperCase() : address);
