import { z } from 'zod';
import { addressOf } from '../notifications/index.ts';
import type { BreakableProviders, ProviderState } from './breakable-providers.ts';
import { json, type Operation, operation } from './operation.ts';
import { HttpError } from './problem.ts';
import type { Served } from './served.ts';

const state = z.object({
  channel: z.string(),
  /** Null: it is well. */
  fault: z
    .object({
      kind: z.enum(['down', 'slow', 'busy', 'refuses']),
      /** Completes "The sms provider …". */
      words: z.string(),
      since: z.iso.datetime(),
    })
    .nullable(),
});

const wanted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['down', 'slow', 'busy']) }),
  z.strictObject({ kind: z.literal('refuses'), customerId: z.string().min(1).max(255) }),
]);

/** Breaking the providers of captured channels by hand, to see what the shop does: for the sample shop alone. */
export const providers: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/v1/providers',
    id: 'listProviders',
    tag: 'providers',
    summary: 'The captured providers, which can be broken by hand, and how they are',
    answers: {
      200: {
        description: 'None where nothing may be broken',
        schema: z.object({ providers: z.array(state) }),
      },
    },
    handle: async (_, { providers: served }) => json({ providers: (served?.states() ?? []).map(plain) }),
  }),
  operation({
    method: 'post',
    path: '/v1/providers/{channel}/break',
    id: 'breakProvider',
    tag: 'providers',
    summary:
      'Break a captured provider: it is down, slow (20 s an answer), busy (every other message is to wait 30 s), or refuses one customer',
    body: wanted,
    answers: { 200: { description: 'How it is from now on, until it is mended', schema: state } },
    problems: { 404: ['unknown_provider', 'unknown_customer'], 409: ['no_contact'] },
    async handle({ params: { channel = '' }, body }, served) {
      const known = breakable(channel, served);
      if (body.kind !== 'refuses') return answered(known.break(channel, body.kind));
      const { customerId } = body;
      const address = await addressIn(served, { customerId, channel });
      return answered(known.refuse(channel, { of: customerId, address }));
    },
  }),
  operation({
    method: 'post',
    path: '/v1/providers/{channel}/mend',
    id: 'mendProvider',
    tag: 'providers',
    summary: 'Mend a captured provider; what waits goes out when its time has come',
    answers: { 200: { description: 'It is well', schema: state } },
    problems: { 404: ['unknown_provider'] },
    handle: async ({ params: { channel = '' } }, served) =>
      answered(breakable(channel, served).mend(channel)),
  }),
];

const plain = ({ channel, fault }: ProviderState) => ({
  channel,
  fault: fault && { kind: fault.kind, words: fault.words, since: new Date(fault.sinceMs).toISOString() },
});

const answered = (found: ProviderState) => json(plain(found));

function breakable(channel: string, { providers: served }: Served): BreakableProviders {
  if (served?.has(channel)) return served;
  throw new HttpError(404, 'unknown_provider', {
    message: `there is no captured provider of ${JSON.stringify(channel.slice(0, 100))}`,
    help: 'GET /v1/providers lists those that can be broken: of the sample shop in memory, and never a real one.',
  });
}

async function addressIn(
  { shop: { datastore } }: Served,
  { customerId, channel }: { customerId: string; channel: string },
): Promise<string> {
  const [recipient] = await datastore.customers.recipients([customerId]);
  if (recipient === undefined)
    throw new HttpError(404, 'unknown_customer', {
      message: `there is no customer ${JSON.stringify(customerId)}`,
      help: 'Give the id of one who is registered.',
    });
  const address = addressOf(recipient, channel);
  if (address !== undefined) return address;
  throw new HttpError(409, 'no_contact', {
    message: `${JSON.stringify(customerId)} has no address for ${channel}`,
    help: 'Give another channel, or another customer.',
  });
}
