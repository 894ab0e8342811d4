import { z } from 'zod';
import { steadyClock, timeLimit } from '../kernel/index.ts';
import { breakersOf, toPrometheus } from '../operations/status/index.ts';
import { figuresOf, workOf } from './figures.ts';
import { json, type Operation, operation, plainText } from './operation.ts';
import { HttpError } from './problem.ts';
import type { Served } from './served.ts';

const readiness = z.object({
  status: z.literal('ready'),
  /** Where several workers share a datastore: who consumes and sends. One that stands by would take over. */
  work: z.enum(['held', 'standing_by', 'left_to_others']).optional(),
  /** How many messages the log holds. */
  messages: z.int(),
  /** Of each subscriber on the durable bus. */
  bus: z.array(z.object({ subscriber: z.string(), unseen: z.record(z.string(), z.int()), retries: z.int() })),
  /** Of channels whose provider fails. */
  breakers: z.array(
    z.object({ channel: z.string(), state: z.enum(['open', 'closed']), failuresInARow: z.int() }),
  ),
});

/** Whether the process lives, whether it may be given work, and how it fares. */
export const health: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/healthz',
    id: 'live',
    tag: 'about',
    summary: 'Whether the process lives',
    isPublic: true,
    answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('ok') }) } },
    handle: async () => json({ status: 'ok' }),
  }),
  operation({
    method: 'get',
    path: '/readyz',
    id: 'ready',
    tag: 'about',
    summary: 'Whether it may be given work: the datastore answers and takes writes, and it is not stopping',
    isPublic: true,
    answers: {
      200: { description: 'It may; with what waits on the bus, and providers that fail', schema: readiness },
    },
    problems: { 503: ['stopping'] },
    handle: async (_, served) => json(await soonEnough(readinessOf(served), served)),
  }),
  operation({
    method: 'get',
    path: '/metrics',
    id: 'metrics',
    tag: 'about',
    summary: "Figures in Prometheus' text format",
    answers: {
      200: {
        description:
          'As `npm run status -- --prometheus` prints them; and how this process fares, with how many spans were lost, where they are sent',
        mediaType: 'text/plain',
      },
    },
    handle: async (_, served) => {
      const text = await toPrometheus(...(await figuresOf(served)));
      return plainText(text, 'text/plain; version=0.0.4; charset=utf-8');
    },
  }),
];

/** A datastore that has not answered by then is as good as none, to whoever waits for that. */
const longestCheckMs = 3000;

function soonEnough<T>(work: Promise<T>, { clock }: Served): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timeLimit(steadyClock(clock), longestCheckMs, () => reject(saysNothing()));
    work.then(resolve, reject).finally(cancel);
  });
}

const saysNothing = (): HttpError =>
  new HttpError(503, 'datastore_unavailable', {
    message: `the datastore has not answered within ${longestCheckMs / 1000} s`,
    help: 'Check its server, and the network between, then try again.',
  });

/** What is closing takes nothing new; an open breaker is the provider's trouble, and no reason to send nobody here. */
async function readinessOf({ shop, stopping }: Served): Promise<z.infer<typeof readiness>> {
  if (stopping.aborted) throw isStopping();
  const { statistics, consumption } = shop.datastore;
  await shop.datastore.check();
  const outages = await statistics.outages();
  const breakers = breakersOf(
    outages.map(({ channel }) => channel),
    outages,
  );
  const bus = (await statistics.backlog()).map(({ subscriber, unseen, retries }) => ({
    subscriber,
    unseen: { ...unseen },
    retries,
  }));
  const work = workOf(shop);
  return { status: 'ready', ...(work && { work }), messages: await consumption.head(), bus, breakers };
}

const isStopping = (): HttpError =>
  new HttpError(503, 'stopping', {
    message: 'the server is stopping',
    help: 'Ask the next one.',
  });
