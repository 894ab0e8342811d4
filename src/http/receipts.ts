import { z } from 'zod';
import { readReceipts } from '../delivery/index.ts';
import { json, type Operation, operation } from './operation.ts';

const taken = z.object({
  results: z.array(
    z.object({
      channel: z.string(),
      providerMessageId: z.string(),
      result: z.enum(['recorded', 'repeated', 'unknown']),
    }),
  ),
});

/** What providers call back. */
export const receipts: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/v1/receipts',
    id: 'takeReceipts',
    tag: 'receipts',
    summary: 'Report what became of messages that a provider had taken: one receipt or a list',
    body: z.unknown(),
    answers: { 200: { description: 'What came of each, in order', schema: taken } },
    problems: { 400: ['bad_input'] },
    async handle({ body }, { shop }) {
      const results = await shop.receipts.take(readReceipts(body));
      return json({
        results: results.map(({ receipt: { channel, providerMessageId }, result }) => ({
          channel,
          providerMessageId,
          result,
        })),
      });
    },
  }),
];
