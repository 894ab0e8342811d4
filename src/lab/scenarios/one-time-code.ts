import type { ApiDriven } from '../../api-driven/index.ts';
import { type OwnText, ownTextId, reasons } from '../../notifications/index.ts';
import type { TimelineEntry, World } from '../../shop/index.ts';
import type { Scenario } from './scenario.ts';

const code = (notificationId: string, channel: string): OwnText => ({
  notificationId,
  channel,
  recipient: 'ada',
  subject: 'Your code',
  message: `Your code is ${notificationId.slice(-3)}-417. It is good for five minutes.`,
});

export const oneTimeCode: Scenario = {
  name: 'one-time-code',
  title:
    'A page sends a one-time code, and has to know now whether it left: who calls the notifier can tell.',
  startsAt: '17:00',
  steps: [
    { say: 'Ada signs in: the page asks for a code by SMS', ownText: code('sign-in-101', 'sms') },
    { say: 'The SMS provider is down', providers: { sms: { failureRate: 1 } } },
    { say: 'Ada signs in once more: the page asks for another', ownText: code('sign-in-102', 'sms') },
    { say: 'It asks for the same by mail', ownText: code('sign-in-102', 'email') },
    { say: 'Ten minutes later nobody needs the code any more', waitUntil: '17:10' },
  ],
  // A code that comes after its time would only confuse.
  delivery: {
    retry: { maxAttempts: 9, initialDelayMs: 240_000, maxDelayMs: 240_000 },
    usefulForMinutes: { 'own-text': 5 },
  },
  expected: ['ada own-text sms: sent', 'ada own-text sms: expired', 'ada own-text email: sent'],
};

/** How long a page would keep somebody waiting for the answer. */
const patienceMs = 5000;

const isApiDriven = (architecture: object): architecture is ApiDriven => 'notifications' in architecture;

/** Asks for a text, and for what has become of it, as far as the architecture can tell whoever asks. */
export async function askFor(text: OwnText, world: World): Promise<TimelineEntry> {
  const { architecture } = world;
  const sent = await world.during(architecture.send(text));
  const told = isApiDriven(architecture)
    ? await world.during(architecture.notifications.outcomeOf(ownTextId(text), { withinMs: patienceMs }))
    : undefined;
  const [result] = told?.channels ?? [];
  const atMs = world.clock.now();
  if (result === undefined) {
    const words = sent === 'accepted' ? 'it is accepted; what becomes of it, the ledger knows' : sent;
    return { kind: 'answer', atMs, text: words, isOutcome: false };
  }
  const why = reasons[result.reason as keyof typeof reasons];
  const words = why === undefined ? '' : `, ${why.words}`;
  return { kind: 'answer', atMs, text: `${result.channel} ${result.status}${words}`, isOutcome: true };
}
