import { millisecondsInDay } from 'date-fns/constants';
import { keyOf, type Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import { type Course, endOf } from './courses.ts';
import { groupBy } from './group-by.ts';

/** What belongs to nobody is forgotten by then, by the clock on the wall: see ADR 0062. */
const keptForMs = millisecondsInDay;

/**
 * What providers reported of a delivery that is on record as sent stands beside it, once, whether it came before that
 * record or behind it, and whoever died; and it has changed nothing of the delivery.
 */
export async function keptWrongly(
  { shop, datastore }: Aftermath,
  courses: readonly Course[],
): Promise<string[]> {
  const { ledger } = datastore;
  const reports = groupBy(shop.history.of('reported'), ({ report }) =>
    messageOf(report.channel, report.providerMessageId),
  );
  const ids = [...new Set(courses.map(({ notification }) => notification.id))];
  const onRecord = groupBy(await ledger.receipts(ids), keyOf);
  const broken: string[] = [];
  for (const course of courses) {
    const { key, channel, notification } = course;
    const end = endOf(course);
    const id = end?.delivery.receipt;
    const reported = id == null ? [] : (reports.get(messageOf(channel, id)) ?? []);
    const wanted = groupBy(reported, ({ report }) => saidIn(report));
    const found = (onRecord.get(key) ?? []).map(({ receipt }) => saidIn(receipt));
    if (new Set(found).size < found.length) broken.push(`a receipt is on record twice: ${key}`);
    if (found.some((each) => !wanted.has(each))) broken.push(`a receipt that nobody reported: ${key}`);
    for (const [said, times] of wanted)
      if (!found.includes(said) && !isForgotten(times, end, shop.history.entries))
        broken.push(`a receipt is not on record: ${key}`);
    if (reported.length === 0) continue;
    const [entry] = await ledger.find('id', notification.id);
    const now = entry?.deliveries.find((each) => each.channel === channel);
    if (JSON.stringify(now) !== JSON.stringify(end?.delivery))
      broken.push(`a receipt changed the end: ${key}`);
  }
  return broken;
}

const messageOf = (channel: string, id: string): string => `${channel} ${id}`;

/** Of one message: the same status of the same recipient is the same. */
const saidIn = ({ status, recipient }: { status: string; recipient?: string | null | undefined }): string =>
  `${status} ${(recipient ?? '').toLowerCase()}`;

/** It came only before the delivery was on record as sent, and more than a day before that. */
const isForgotten = (reported: readonly Moment[], end: Moment | undefined, all: readonly Moment[]): boolean =>
  end !== undefined &&
  reported.every(
    ({ seq, wallMs }) =>
      seq < end.seq &&
      all.some((each) => each.seq > seq && each.seq <= end.seq && each.wallMs - wallMs > keptForMs),
  );
