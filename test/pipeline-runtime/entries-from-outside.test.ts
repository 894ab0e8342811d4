import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineMessage } from '../../src/events/index.ts';
import { entryOf } from '../../src/pipeline-runtime/index.ts';

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
