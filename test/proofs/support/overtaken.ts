import type { MessageOf, ShopEvents } from '../../../src/events/index.ts';
import type { Aftermath } from './play-schedule.ts';
import type { Ask } from './provider.ts';

type Event = MessageOf<ShopEvents>;

/** What happened to one delivery, as far as it matters here. */
interface Course {
  readonly type: string;
  readonly subject: string;
  readonly causeId: string;
  readonly announced: unknown;
}

const putOff = ['quiet_hours', 'rate_limited', 'provider_unavailable', 'circuit_open', 'redriven'];

/**
 * What waited and was not skipped though it was no longer so, and what was skipped though it was: from the events on
 * record alone, written without the code that it checks. Where several things happened in one millisecond, either
 * will do.
 */
export async function compareWithTheFacts({ datastore, shop, events }: Aftermath): Promise<string[]> {
  const broken: string[] = [];
  const asks = shop.providers.flatMap(({ journal }) => journal);
  for await (const page of datastore.ledger.pages(1000)) {
    const verdicts = await datastore.ledger.verdicts(page.map(({ notification }) => notification.id));
    for (const { notification, delivery } of page) {
      const { id, type, subject, causeId, requestedAtMs, variables } = notification;
      const key = `${id}:${delivery.channel}`;
      const course = { type, subject, causeId, announced: variables.price };
      const since = verdicts.find(
        ({ notificationId, channel, reason }) =>
          notificationId === id && channel === delivery.channel && putOff.includes(reason),
      )?.atMs;
      if (delivery.reason === 'overtaken') {
        const atMs = delivery.settledAtMs ?? 0;
        if (since === undefined && requestedAtMs >= atMs) broken.push(`has not waited: ${key}`);
        if (!possibly(course, events, atMs)) broken.push(`is still so: ${key}`);
      }
      const late = asks.filter((ask) => isAskedLate(ask, key, since));
      if (late.some(({ atMs }) => certainly(course, events, atMs))) broken.push(`is no longer so: ${key}`);
    }
  }
  return broken;
}

const isAskedLate = (ask: Ask, key: string, since: number | undefined): boolean =>
  since !== undefined && ask.key === key && ask.atMs > since;

const possibly = (course: Course, events: readonly Event[], atMs: number): boolean =>
  momentsOf(course, events, atMs).some((known) => isNoLongerSo(course, known));

const certainly = (course: Course, events: readonly Event[], atMs: number): boolean =>
  momentsOf(course, events, atMs).every((known) => isNoLongerSo(course, known));

/** What had happened to its subject by then: before that millisecond, and after each event within it. */
function momentsOf({ subject }: Course, events: readonly Event[], atMs: number): Event[][] {
  const about = events.filter((event) => event.subject === subject);
  const moments = [about.filter((event) => isUnsure(event) === false && timeOf(event) < atMs)];
  for (const [index, event] of about.entries()) {
    if (isUnsure(event) || timeOf(event) === atMs) moments.push(about.slice(0, index + 1));
  }
  return moments;
}

/** One that was published once more bears the time of the first. */
const isUnsure = ({ id }: Event): boolean => id.includes('-again-');
const timeOf = ({ time }: Event): number => Date.parse(time);

function isNoLongerSo({ type, causeId, announced }: Course, known: readonly Event[]): boolean {
  const statuses = known.flatMap((event) => (event.type === 'OrderStatusChanged' ? [event.data.status] : []));
  switch (type) {
    case 'order-confirmed':
      return statuses.includes('cancelled');
    case 'order-shipped':
    case 'order-complete':
      return statuses.includes('delivered');
    case 'payment-failed': {
      const cause = known.findIndex(({ id }) => id === causeId);
      return known.slice(cause + 1).some((event) => event.type === 'PaymentReceived');
    }
    case 'price-drop': {
      const prices = known.flatMap((event) => (event.type === 'PriceChanged' ? [event.data.price] : []));
      return JSON.stringify(prices.at(-1)) !== JSON.stringify(announced);
    }
    default:
      return false;
  }
}
