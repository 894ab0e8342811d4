import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineMessage, type MessageMap } from '../../src/events/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { Activity } from '../../src/pipeline-runtime/activity.ts';
import { entryOf, feedInOrder, type Pipeline } from '../../src/pipeline-runtime/index.ts';

const Noted = defineMessage({
  type: 'Noted',
  source: '/flows/notes',
  subject: ({ by }: { by: string }) => by,
  versions: [z.object({ by: z.string(), hops: z.int() })],
});
const at = { atMs: Date.parse('2026-03-02T08:00:00Z'), place: 'row 7' };

// A file of before is gone on with: what it holds has to be known by the same ids.
test.each(['kim', 'Zoë Ångström', 'a \ud83d alone'])(
  'an entry of %j has the id that its words always had',
  (by) => {
    const { message, atMs } = entryOf(Noted, { by, hops: 0 }, at);
    const words = JSON.stringify(['Noted', at.atMs, 'row 7', { by, hops: 0 }]);

    expect(message.id).toBe(v5(words, '6d1f0f3e-7a52-4c1b-9b0e-2f6f7c1d3a55'));
    expect(message).toMatchObject({
      subject: by,
      time: '2026-03-02T08:00:00.000Z',
      correlationId: message.id,
    });
    expect(atMs).toBe(at.atMs);
  },
);

test('the same words at another place are another entry', () => {
  const [one, other] = ['row 7', 'row 8'].map((place) =>
    entryOf(Noted, { by: 'kim', hops: 0 }, { ...at, place }),
  );

  expect(one?.message.id).not.toBe(other?.message.id);
});

test('entries in the order of their times are taken when they are submitted, and not before', async () => {
  const clock = new VirtualClock(at.atMs);
  const taken: number[] = [];
  const submitted: number[] = [];
  function* entries() {
    for (let index = 0; index < 1200; index++) {
      taken.push(submitted.length);
      yield entryOf(
        Noted,
        { by: 'kim', hops: 0 },
        { atMs: at.atMs + (index < 600 ? 0 : 1), place: `${index}` },
      );
    }
  }
  const pipeline = {
    submit: async (messages: readonly unknown[]) => void submitted.push(messages.length),
    settle: async () => {},
    activity: new Activity(),
  };

  await feedInOrder(pipeline as unknown as Pipeline<MessageMap>, clock, entries());

  // 500 at once; one more is looked at, to see when it comes.
  expect(submitted).toEqual([500, 100, 500, 100]);
  expect([0, 500, 501, 600, 601, 1100, 1101].map((index) => taken[index])).toEqual([0, 0, 1, 1, 2, 2, 3]);
});
