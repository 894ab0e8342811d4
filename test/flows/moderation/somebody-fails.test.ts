import { expect, test } from 'vitest';
import { type Channel, ChannelError } from '../../../src/delivery/index.ts';
import { MemoryPlatform } from '../../../src/flows/moderation/enforce.ts';
import type { Model } from '../../../src/flows/moderation/model.ts';
import { bayesModel, examples } from '../../../src/flows/moderation/models.ts';
import { anOutside, failedChecks, moderate, only, row } from './a-forum.ts';

const posts = (count: number) =>
  Array.from({ length: count }, (_, index) => row(index, `a${index}`, 'post', `p${index}`));

test('while the model is down people see everything, and it is left alone after five failures', async () => {
  let asked = 0;
  const model: Model = {
    name: 'gone',
    async score() {
      asked++;
      throw new Error('nobody there');
    },
  };
  // Ten within a minute of the fifth, and one long behind.
  const rows = [
    ...Array.from({ length: 10 }, (_, index) => row(index / 20, `a${index}`, 'post', `p${index}`)),
    row(30, 'b', 'post', 'q'),
  ];
  const { report } = await moderate('in-memory', rows, { model });

  expect(report.data).toMatchObject({ totals: { submitted: 11, published: 0, removed: 0, waiting: 11 } });
  expect(failedChecks(report)).toEqual([]);
  expect(asked).toBe(6);
});

test('a model that does not answer has half a second', async () => {
  const rows = posts(3).map((each) => ({ ...each, score: 'none' as const }));
  const { report, said } = await moderate('in-memory', rows);

  expect(report.data).toMatchObject({ totals: { published: 0, waiting: 3 } });
  const [queued] = only(said, 'ReviewQueued');
  expect(Date.parse(queued?.time ?? '') - (rows[0]?.atMs ?? 0)).toBe(500);
  expect(queued?.data.severity).toBe(1);
});

test('a platform that fails is asked until it has done it, and does it once', async () => {
  class Failing extends MemoryPlatform {
    failures = 7;

    override async enforce(...asked: Parameters<MemoryPlatform['enforce']>): Promise<void> {
      if (this.failures-- > 0) throw new Error('busy');
      await super.enforce(...asked);
      // It was done, and nobody hears of it.
      if (this.failures === -1) throw new Error('the line is gone');
    }
  }
  const platform = new Failing();
  const rows = [row(0, 'ann', 'post', 'p1', { score: 0.97 }), row(1, 'ben', 'post', 'p2', { score: 0.1 })];
  const { report } = await moderate('in-memory', rows, { platform });

  expect(report.data).toMatchObject({ totals: { published: 1, removed: 1 }, strikes: { ann: 1 } });
  expect(platform.changes).toBe(2);
  expect(failedChecks(report)).toEqual([]);
});

test('a statement that cannot be sent leaves the decision standing', async () => {
  const { channel: capture } = anOutside();
  const channel: Channel = {
    ...capture,
    async send() {
      throw new ChannelError('permanent', { message: 'no such mailbox' });
    },
  };
  const { report, said } = await moderate('in-memory', [row(0, 'ann', 'post', 'p1', { score: 0.97 })], {
    channel,
  });

  expect(report.data).toMatchObject({
    totals: { removed: 1 },
    strikes: { ann: 1 },
    statements: { sent: 0, failed: 1 },
  });
  expect(only(said, 'StatementFailed')[0]?.data.reason).toBe('rejected');
  expect(failedChecks(report)).toEqual([]);
});

test('the model of the example knows harm from harmlessness in texts that it has not seen', async () => {
  const model = bayesModel(examples);
  const unseen = [
    ['Click now for cheap followers', true],
    ['Free money, order the cheap link now', true],
    ['Win a free phone now', true],
    ['Buy pills cheap, delivery is fast', true],
    ['Is the library at the lake open tomorrow?', false],
    ['Thank you for the lovely bread this morning', false],
    ['My daughter has a new bicycle', false],
    ['The school market was late, but good', false],
  ] as const;
  const called = await Promise.all(
    unseen.map(async ([text, isHarmful]) => {
      const { score } = await model.score(
        { contentId: 'x', text },
        { timeoutMs: 500, wait: async () => {}, signal: new AbortController().signal },
      );
      return { isHarmful, isCalled: score >= 0.5 };
    }),
  );
  const right = called.filter(({ isHarmful, isCalled }) => isHarmful && isCalled).length;

  expect(right / called.filter(({ isCalled }) => isCalled).length).toBe(1);
  expect(right / called.filter(({ isHarmful }) => isHarmful).length).toBe(1);
});
