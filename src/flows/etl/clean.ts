import type { Stage } from '../../pipeline-runtime/index.ts';
import { columns } from './columns.ts';
import { type EtlMessage, etlMessages as messages } from './messages.ts';

const longestField = 64;
const isoForm = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)$/;
const germanForm = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)$/;

type Out = EtlMessage<'RecordCleaned' | 'RecordRejected'>;

/** Makes values of texts, or says everything that is wrong with a record: its owner mends it once. */
export const cleanStage: Stage<EtlMessage<'RecordExtracted'>, Out> = {
  name: 'clean',
  accepts: ['RecordExtracted'],
  handle({ data: { source, page, of, line, raw, fields, problem } }, { next }) {
    const place = { source, page, of, line };
    const { wrong, values } = problem === null ? cleaned(fields) : { wrong: [problem], values: undefined };
    return values === undefined
      ? [next(messages.RecordRejected, { ...place, reasons: wrong, raw })]
      : [next(messages.RecordCleaned, { ...place, ...values })];
  },
};

/** The values of a record's fields, in the order of the columns; or none, and everything that is wrong. */
export function cleaned(fields: readonly string[]) {
  const trimmed = fields.map((field) => field.trim());
  const [rideId = '', startedAt = '', station = '', km = '', price = ''] = trimmed;
  const startedAtMs = momentOf(startedAt);
  const kilometres = numberOf(km, 3);
  const amount = numberOf(price, 2);
  const wrong = [
    ...trimmed.flatMap((field, index) => (field === '' ? [`missing_${columns[index]}`] : [])),
    ...(trimmed.some((field) => field.length > longestField) ? ['field_too_long'] : []),
    ...(startedAt !== '' && Number.isNaN(startedAtMs) ? ['bad_time'] : []),
    ...((km !== '' && Number.isNaN(kilometres)) || (price !== '' && Number.isNaN(amount))
      ? ['bad_number']
      : []),
    ...(kilometres < 0 ? ['negative_km'] : []),
    ...(amount < 0 ? ['negative_price'] : []),
  ];
  const values = { rideId, startedAtMs, station, km: kilometres, price: amount };
  return { wrong, values: wrong.length === 0 ? values : undefined };
}

/** As whole metres and the smallest coins have it: with no more decimals than that. */
function numberOf(text: string, decimals: number): number {
  const form = /^[-−]?\d{1,9}(?:[.,](\d{1,9}))?$/.exec(text);
  if (form === null || (form[1] ?? '').length > decimals) return Number.NaN;
  return Number(text.replace(',', '.').replace('−', '-'));
}

/** A minute in UTC, in either of two forms. */
function momentOf(text: string): number {
  const iso = isoForm.exec(text);
  if (iso !== null) return minuteOf(iso.slice(1));
  const german = germanForm.exec(text);
  if (german === null) return Number.NaN;
  const [, day = '', month = '', year = '', ...time] = german;
  return minuteOf([year, month, day, ...time]);
}

/** Of year, month, day, hour and minute. */
function minuteOf(parts: readonly string[]): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  // With a date of its own: years below 100 are not those of the last century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // The 31st of February is taken for the 3rd of March.
  const isThere = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isThere ? date.setUTCHours(hour, minute) : Number.NaN;
}
