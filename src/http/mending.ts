import { z } from 'zod';
import { type Suppression, suppressionReasons } from '../datastore/index.ts';
import { deadLetterStore, type Letter, plainLetter } from '../operations/dead-letters/index.ts';
import { lift, listSuppressions, suppress } from '../operations/suppressions/index.ts';
import { toPlain } from '../report/index.ts';
import { countInQuery, json, type Operation, operation } from './operation.ts';
import { HttpError } from './problem.ts';
import type { Served } from './served.ts';

const letter = z.looseObject({
  id: z.string(),
  kind: z.enum(['delivery', 'message']),
  reason: z.string(),
  attempts: z.int(),
});
const page = z.strictObject({ limit: countInQuery({ most: 1000, otherwise: 50 }) });
const addressed = z.strictObject({ address: z.string().min(1).max(2048) });
const done = z.object({ id: z.string(), status: z.string() });
const changes = z.object({ address: z.string(), change: z.string() });

/** What was given up and who is not written to: to look at, and to mend. */
export const mending: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/v1/dead-letters',
    id: 'listDeadLetters',
    tag: 'dead letters',
    summary: 'What was given up, oldest first',
    query: page,
    answers: {
      200: {
        description: 'At most `limit`',
        schema: z.object({ deadLetters: z.array(letter), hasMore: z.boolean() }),
      },
    },
    async handle({ query: { limit } }, { shop: { datastore } }) {
      const letters: Letter[] = [];
      let hasMore = false;
      for await (const each of deadLetterStore(datastore).all()) {
        hasMore = letters.length === limit;
        if (hasMore) break;
        letters.push(each);
      }
      return json({ deadLetters: letters.map((each) => toPlain(plainLetter(each))), hasMore });
    },
  }),
  operation({
    method: 'post',
    path: '/v1/dead-letters/{id}/redrive',
    id: 'redriveDeadLetter',
    tag: 'dead letters',
    summary: 'Send it on its way again; what comes of it follows',
    answers: { 202: { description: 'It is on its way', schema: done } },
    problems: { 404: ['unknown_dead_letter'], 409: ['not_dead_lettered', 'invalid_message'] },
    async handle({ params: { id = '' } }, served) {
      const found = await letterOf(id, served);
      if (found.kind === 'delivery') await served.shop.redrive(found.dead.delivery);
      else await served.shop.bus.redrive(id);
      return json({ id, status: 'redriven' }, 202);
    },
  }),
  operation({
    method: 'post',
    path: '/v1/dead-letters/{id}/discard',
    id: 'discardDeadLetter',
    tag: 'dead letters',
    summary: 'Give it up for good',
    answers: { 200: { description: 'It is gone', schema: done } },
    problems: { 404: ['unknown_dead_letter'] },
    async handle({ params: { id = '' } }, served) {
      const found = await letterOf(id, served);
      const isDone = await deadLetterStore(served.shop.datastore).discard(found, served.clock.now());
      if (!isDone) throw unknownLetter(id);
      return json({ id, status: 'discarded' });
    },
  }),
  operation({
    method: 'get',
    path: '/v1/suppressions',
    id: 'listSuppressions',
    tag: 'suppressions',
    summary: 'Which addresses are not written to any more, why and since when',
    query: page,
    answers: {
      200: {
        description: 'At most `limit`',
        schema: z.object({
          suppressions: z.array(
            z.looseObject({ address: z.string(), reason: z.string(), since: z.string() }),
          ),
          hasMore: z.boolean(),
        }),
      },
    },
    async handle({ query: { limit } }, { shop: { datastore } }) {
      const listed = await listSuppressions(datastore, limit);
      return json({ ...listed, suppressions: listed.suppressions.map(plainSuppression) });
    },
  }),
  operation({
    method: 'post',
    path: '/v1/suppressions',
    id: 'suppress',
    tag: 'suppressions',
    summary: 'Write to an address no more, in any spelling',
    body: addressed.extend({
      reason: z.enum(suppressionReasons).default('blocked'),
      note: z.string().max(500).optional(),
    }),
    answers: { 200: { description: 'Whether it was there before', schema: changes } },
    problems: { 400: ['bad_input'] },
    async handle({ body: { address, reason, note } }, { shop: { datastore } }) {
      const asked = { addresses: [address], reason, ...(note !== undefined && { note }) };
      return json((await suppress(datastore, asked))[0]);
    },
  }),
  operation({
    method: 'post',
    path: '/v1/suppressions/lift',
    id: 'liftSuppression',
    tag: 'suppressions',
    summary: 'Write to an address again',
    body: addressed,
    answers: { 200: { description: 'It may be written to', schema: changes } },
    problems: { 404: ['not_suppressed'] },
    async handle({ body: { address } }, { shop: { datastore } }) {
      const [change] = await lift(datastore, [address]);
      if (change?.change === 'not there') throw notSuppressed();
      return json(change);
    },
  }),
];

const plainSuppression = ({ sinceMs, ...rest }: Suppression) => ({
  ...rest,
  since: new Date(sinceMs).toISOString(),
});

async function letterOf(id: string, { shop: { datastore } }: Served): Promise<Letter> {
  const found = await deadLetterStore(datastore).find(id);
  if (found === undefined) throw unknownLetter(id);
  return found;
}

const unknownLetter = (id: string): HttpError =>
  new HttpError(404, 'unknown_dead_letter', {
    message: `there is no dead letter ${JSON.stringify(id.slice(0, 100))}`,
    help: 'GET /v1/dead-letters lists them; it may have been dealt with.',
  });

const notSuppressed = (): HttpError =>
  new HttpError(404, 'not_suppressed', {
    message: 'the address is not suppressed',
    help: 'GET /v1/suppressions lists those that are.',
  });
