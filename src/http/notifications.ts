import { z } from 'zod';
import type { SentText } from '../delivery/index.ts';
import { type OwnText, ownTextNotification, ownTextSchema } from '../notifications/index.ts';
import { json, type Operation, operation } from './operation.ts';
import { problemOf } from './problem.ts';
import type { Served } from './served.ts';

/** So many texts are taken at once. */
const mostTexts = 500;

const text = z.strictObject(ownTextSchema.shape);

const taken = z.object({
  notificationId: z.string(),
  channel: z.string(),
  recipient: z.string(),
  /** Of the notification in the ledger: for `/v1/notifications/{id}` and `/v1/explain/{id}`. */
  id: z.string(),
  result: z.enum(['accepted', 'repeated']),
});
const refused = z.object({
  index: z.int(),
  result: z.literal('refused'),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  help: z.string(),
});
const results = z.object({ results: z.array(z.union([taken, refused])) });

/** One's own texts: they come from nothing that has happened in the shop. */
export const notifications: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/v1/notifications',
    id: 'sendText',
    makesWork: true,
    tag: 'deliveries',
    summary: `Send a text of one's own to a customer, or up to ${mostTexts} in a list, each on one channel`,
    body: z.union([z.array(z.unknown()).min(1).max(mostTexts), z.looseObject({})], {
      error: `must be an object, or a list of 1 to ${mostTexts}`,
    }),
    documentedBody: z.union([text, z.array(text).min(1).max(mostTexts)]),
    answers: {
      202: {
        description: 'It is on its way, or was before. Of a list: what came of each, in order',
        schema: z.union([taken, results]),
      },
    },
    problems: { 409: ['text_differs'], 422: ['refused_text'] },
    async handle({ body }, { shop }) {
      if (!Array.isArray(body)) return json(await send(shop, body), 202);
      return json({ results: await sendMany(shop, body) }, 202);
    },
  }),
];

async function send(shop: Served['shop'], given: unknown): Promise<z.infer<typeof taken>> {
  const asked = given as OwnText;
  const result: SentText = await shop.send(asked);
  const { notificationId, channel, recipient } = asked;
  return { notificationId, channel, recipient, id: idOf(asked), result };
}

/** Each on its own: one that is refused holds up no other. Those of one id go one behind the other. */
async function sendMany(
  shop: Served['shop'],
  all: readonly unknown[],
): Promise<z.infer<typeof results>['results']> {
  const ahead = new Map<unknown, Promise<unknown>>();
  return Promise.all(
    all.map((given, index) => {
      const { notificationId } = Object(given) as Partial<OwnText>;
      const sent = Promise.resolve(ahead.get(notificationId))
        .then(() => send(shop, given))
        .catch((thrown) => refusalOf(thrown, index));
      ahead.set(notificationId, sent);
      return sent;
    }),
  );
}

/** @throws what is no refusal of the text: nobody knows what came of any then. */
function refusalOf(thrown: unknown, index: number): z.infer<typeof refused> {
  const { problem } = problemOf(thrown);
  const { status, code, detail, help } = problem;
  if (status >= 500) throw thrown;
  return { index, result: 'refused', status, code, detail, help };
}

const idOf = (asked: OwnText): string =>
  ownTextNotification(asked, { id: '', subject: '', time: '', correlationId: '' }).id;
