import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CapturedEmail, type Channel, ChannelError, captureEmail } from '../../../src/delivery/index.ts';
import { createMessage, defineMessage, type Message, type MessagesOf } from '../../../src/events/index.ts';
import { type Mail, mailStage } from '../../../src/flows/mails/index.ts';
import { VirtualClock } from '../../../src/kernel/index.ts';
import { createTemplates } from '../../../src/notifications/index.ts';
import { type FlowReport, type FlowWorld, Pipeline, playOut } from '../../../src/pipeline-runtime/index.ts';
import { buses, playOnce } from '../a-life.ts';

const source = '/library';
const subject = ({ id }: { id: string }): string => id;
const hops = z.int();
const library = {
  MemberJoined: defineMessage({
    type: 'MemberJoined',
    source,
    subject,
    versions: [z.object({ id: z.string(), hops })],
  }),
  MailEnded: defineMessage({
    type: 'MailEnded',
    source,
    subject,
    versions: [z.object({ id: z.string(), end: z.string(), hops })],
  }),
} as const;
type Library = MessagesOf<typeof library>;
type Of<Type extends keyof Library> = Message<Type, Library[Type]>;

const welcome: Mail = {
  key: 'welcome:ada',
  to: 'ada@example.com',
  recipientName: 'Ada',
  template: 'own-text',
  variables: { subject: 'Welcome', message: 'Good to have you here.' },
  attachments: [
    { filename: 'card.txt', contentType: 'text/plain', content: new TextEncoder().encode('No. 7') },
  ],
};

/** Lets ada join a library that writes mails through this channel. */
async function join(
  channel: Channel,
  { bus = 'in-memory', mail = welcome }: { bus?: (typeof buses)[number]; mail?: Mail | undefined } = {},
) {
  const stage = mailStage<Of<'MemberJoined'>, Of<'MailEnded'>>({
    accepts: ['MemberJoined'],
    channel,
    templates: createTemplates(),
    from: { name: 'The Library', address: 'desk@library.example' },
    compose: ({ data }) => (data.id === 'ada' ? mail : undefined),
    told: ({ data: { id } }, end, { next }) => [
      next(library.MailEnded, { id, end: end.isSent ? end.receipt : end.reason }),
    ],
  });
  let letters: readonly unknown[] = [];
  const run = async (world: FlowWorld): Promise<FlowReport> => {
    const pipeline = new Pipeline<Library>({ ...world, stages: [stage] });
    pipeline.start();
    await pipeline.submit(
      ['ada', 'ben'].map((id) => createMessage(world, library.MemberJoined, { id, hops: 0 })),
    );
    await playOut(pipeline, world.clock);
    letters = [...pipeline.deadLetters(), ...(await world.bus.deadLetters())];
    return { pictures: [], tables: [], checks: [], data: {}, statistics: pipeline.statistics(), count: 1 };
  };
  const { said, report, endedAtMs } = await playOnce(bus, { catalogue: library, beginsAtMs: 0 }, run);
  const ends = said.filter(({ type }) => type === 'MailEnded').map(({ data }) => data.end);
  return { ends, letters, report, endedAtMs };
}

/** Captures, unless this throws. */
function failing(fail: (attempt: number) => void) {
  const captured = captureEmail({ clock: new VirtualClock(0) });
  const keys: string[] = [];
  const channel: Channel = {
    ...captured,
    async send(message, context) {
      keys.push(context.idempotencyKey);
      fail(keys.length);
      return captured.send(message, context);
    },
  };
  return { channel, keys, outbox: captured.outbox };
}

test.each(buses)(
  'a mail is rendered, sent under its key with what is attached, and told of (%s)',
  async (bus) => {
    const { channel, keys, outbox } = failing(() => {});
    const { ends, letters } = await join(channel, { bus });
    const [mail] = outbox.all() as readonly CapturedEmail[];

    expect(keys).toEqual(['welcome:ada']);
    expect(ends).toEqual(['captured-welcome:ada']);
    expect(mail).toMatchObject({ to: 'ada@example.com', subject: 'Welcome', from: 'desk@library.example' });
    expect(mail?.text).toContain('Hello Ada,\n\nGood to have you here.');
    const mime = (await mail?.mime()) ?? '';
    expect(mime).toContain('From: The Library <desk@library.example>');
    expect(mime).toContain('filename=card.txt');
    expect(letters).toEqual([]);
  },
);

test.each(buses)('a provider that fails for a while is asked again under the same key (%s)', async (bus) => {
  const { channel, keys, outbox } = failing((attempt) => {
    if (attempt <= 7) throw new ChannelError('transient', { message: 'try later' });
  });
  const { ends, report, endedAtMs } = await join(channel, { bus });

  expect(new Set(keys)).toEqual(new Set(['welcome:ada']));
  expect(keys).toHaveLength(8);
  expect(ends).toEqual(['captured-welcome:ada']);
  expect(outbox.count).toBe(1);
  // After five failures it was left alone for a minute.
  expect(endedAtMs).toBeGreaterThan(60_000);
  expect(report.statistics.stages[0]?.putOff).toBeGreaterThan(0);
});

test('what a provider refuses for good is a dead letter at once, without what it said', async () => {
  const { channel, keys } = failing(() => {
    throw new ChannelError('permanent', { message: 'no such user: ada@example.com' });
  });
  const { ends, letters } = await join(channel);

  expect(keys).toHaveLength(1);
  expect(ends).toEqual(['rejected']);
  expect(letters.length).toBeGreaterThan(0);
  expect(JSON.stringify(letters)).not.toContain('@');
});

test('a provider that stays down ends in a dead letter, after some twenty minutes', async () => {
  const { channel, keys } = failing(() => {
    throw new ChannelError('transient', { message: 'no room for ada@example.com' });
  });
  const { ends, letters, endedAtMs } = await join(channel);

  expect(keys).toHaveLength(25);
  expect(ends).toEqual(['attempts_exhausted']);
  expect(JSON.stringify(letters)).not.toContain('@');
  expect(endedAtMs).toBeGreaterThan(15 * 60_000);
});

test('one that never says whether it took it leaves that open', async () => {
  const { channel } = failing(() => {
    throw new Error('the connection was reset');
  });

  expect((await join(channel)).ends).toEqual(['outcome_unknown']);
});

test('a template that lacks something is a dead letter, and nobody is asked', async () => {
  const { channel, keys } = failing(() => {});
  const { ends } = await join(channel, { mail: { ...welcome, variables: { subject: 'Welcome' } } });

  expect(keys).toEqual([]);
  expect(ends).toEqual(['missing_variable']);
});
