import { z } from 'zod';
import { type Message, toCloudEvent } from '../events/index.ts';
import { readLog } from '../operations/event-log/index.ts';
import { explain } from '../operations/explain/index.ts';
import {
  breakersOf,
  overTime,
  type PeriodName,
  periods,
  type Slot,
  statusOf,
  statusToPlain,
} from '../operations/status/index.ts';
import { countInQuery, json, type Operation, operation } from './operation.ts';
import { HttpError } from './problem.ts';

const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  traceparent: z.string(),
  data: z.unknown(),
});

const slotOfTime = z.object({
  since: z.iso.datetime(),
  requested: z.int(),
  sent: z.int(),
  /** For the first time. */
  failed: z.int(),
  deadLettered: z.int(),
  /** At its end; of the last one, now. */
  backlog: z.int(),
});

const eventsWanted = z.strictObject({
  /** Of the page before; left out: from the beginning. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the cursor of another page')
    .optional(),
  limit: countInQuery({ most: 1000, otherwise: 100 }),
  /** Several are parted by commas. */
  type: z.string().optional(),
  subject: z.string().optional(),
  correlationId: z.string().optional(),
});

const eventStream = 'text/event-stream';

/** What is on record, in other words than the ledger's. */
export const reading: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/v1/explain/{id}',
    id: 'explain',
    tag: 'deliveries',
    summary:
      'Why a customer was, or was not, told: of an event, order, customer, product, payment or delivery',
    query: z.strictObject({
      customerId: z.string().optional(),
      limit: countInQuery({ most: 100, otherwise: 10 }),
    }),
    answers: {
      200: {
        description: 'From the cause to the receipt',
        schema: z.looseObject({ kind: z.string(), id: z.string(), causes: z.array(z.unknown()) }),
      },
    },
    problems: { 400: ['bad_input'] },
    async handle({ params: { id = '' }, query: { customerId, limit } }, { shop: { datastore } }) {
      return json(await explain(datastore, { id, limit, ...(customerId !== undefined && { customerId }) }));
    },
  }),
  operation({
    method: 'get',
    path: '/v1/status',
    id: 'getStatus',
    tag: 'about',
    summary: 'What became of the deliveries, counted',
    answers: {
      200: { description: 'As `npm run status -- --json`', schema: z.looseObject({ requested: z.int() }) },
    },
    async handle(_, { shop: { datastore } }) {
      const status = statusOf(await datastore.statistics.deliveries());
      const channels = status.channels.map(({ channel }) => channel);
      return json(statusToPlain(status, breakersOf(channels, await datastore.statistics.outages())));
    },
  }),
  operation({
    method: 'get',
    path: '/v1/status/over-time',
    id: 'getStatusOverTime',
    tag: 'about',
    summary: 'How many deliveries were sent, failed and waited, minute by minute or so',
    query: z.strictObject({ period: z.enum(Object.keys(periods) as [PeriodName]).default('hour') }),
    answers: {
      200: {
        description:
          'Oldest first, the last one under way; as the ledger has it now: of what was sent on its way again the second end alone. Reckoned for at most a tenth of the time: what took long is given again for a while',
        schema: z.object({ slotSeconds: z.int(), slots: z.array(slotOfTime) }),
      },
    },
    async handle({ query: { period } }, { shop: { datastore }, clock, overTime: held }) {
      const slots = await held.get(period, () => overTime(datastore.statistics, period, clock.now()));
      return json({ slotSeconds: periods[period].slotMs / 1000, slots: slots.map(plainSlot) });
    },
  }),
  operation({
    method: 'get',
    path: '/v1/events',
    id: 'listEvents',
    tag: 'events',
    summary: 'The event log as CloudEvents, in its order: a page of it, or a stream',
    headers: {
      Accept: `\`${eventStream}\` for a stream: what stands behind \`cursor\` (left out: what is added from now on), then whatever is added; each event with its position as its id`,
      'Last-Event-ID': 'Of a stream: begins behind this position, whatever `cursor` says',
    },
    query: eventsWanted,
    answers: {
      200: {
        description: 'A page, and the cursor of the next: the same for ever where nothing comes behind it',
        schema: z.object({ events: z.array(cloudEvent), cursor: z.string(), hasMore: z.boolean() }),
        mediaType: eventStream,
      },
    },
    problems: { 503: ['too_many_streams'] },
    async handle({ query, request, cutOff }, { streams, shop: { datastore } }) {
      if (request.headers.get('accept')?.includes(eventStream)) {
        const after = lastSeen(request, query.cursor);
        const wanted = { isWanted: wantedBy(query), cutOff, ...(after !== undefined && { after }) };
        const headers = { 'content-type': eventStream, 'x-accel-buffering': 'no' };
        return new Response(await streams.open(wanted), { headers });
      }
      const { cursor = '0', limit, type, subject, correlationId } = query;
      const events: unknown[] = [];
      // What is added meanwhile is for the next page.
      let seen = Math.max(Number(cursor), await datastore.consumption.head());
      const filter = {
        after: Number(cursor),
        ...(type !== undefined && { types: type.split(',') }),
        ...(subject !== undefined && { subject }),
        ...(correlationId !== undefined && { correlationId }),
      };
      let last = Number(cursor);
      let hasMore = false;
      for await (const { position, message } of readLog(datastore, filter)) {
        hasMore = events.length === limit;
        if (hasMore) break;
        events.push(toCloudEvent(message));
        last = position;
      }
      seen = hasMore ? last : Math.max(seen, last);
      return json({ events, cursor: String(seen), hasMore });
    },
  }),
];

const plainSlot = ({ sinceMs, ...counts }: Slot) => ({ since: new Date(sinceMs).toISOString(), ...counts });

/** The position that a reader has reached. Undefined: none yet. */
function lastSeen(request: Request, cursor: string | undefined): number | undefined {
  const last = request.headers.get('last-event-id') ?? cursor;
  if (last === undefined) return undefined;
  if (/^\d{1,15}$/.test(last)) return Number(last);
  throw new HttpError(422, 'invalid_request', {
    message: 'the Last-Event-ID is no id of this stream',
    help: 'Send the id of the last event that came, or leave it out.',
  });
}

function wantedBy({ type, subject, correlationId }: z.infer<typeof eventsWanted>) {
  const types = type?.split(',');
  return (message: Message): boolean =>
    types?.includes(message.type) !== false &&
    (subject === undefined || message.subject === subject) &&
    (correlationId === undefined || message.correlationId === correlationId);
}
