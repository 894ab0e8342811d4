import { describe, expect, test } from 'vitest';
import { variants } from '../../../src/lab/comparison/measure/variants.ts';
import { scenarios } from '../../../src/lab/scenarios/index.ts';
import { hasBus } from '../../../src/shop/index.ts';
import { type Deed, playStepByStep } from './playing-step-by-step.ts';
import { deedsBehindTheCommit, deedsOf } from './what-steps-do.ts';

/** Steps that cannot be done where services call, and what the timeline says of them there. */
const undone: Readonly<Record<string, string>> = {
  'The warehouse reports the helmet a second time':
    'cannot be done: nothing flows that could come twice, and the command is refused the second time',
};

/** Who is told first is another matter. */
const inOrder = ([say, ...came]: Deed): Deed => [say, ...came.toSorted()];

test('every scenario is there', () => {
  expect(Object.keys(deedsOf).sort()).toEqual(scenarios.map(({ name }) => name).sort());
});

describe.each(scenarios)('each step of $name', (scenario) => {
  const able = variants.filter(({ architecture }) => scenario.needsBus === undefined || hasBus(architecture));

  test.each(able)('does what it says, on $architecture ($handOver), or says why not', async (variant) => {
    const behind = variant.handOver === 'transactional' ? deedsBehindTheCommit[scenario.name] : undefined;
    const expected = (behind ?? deedsOf[scenario.name] ?? []).map((deed): Deed => {
      const words = hasBus(variant.architecture) ? undefined : undone[deed[0]];
      return words === undefined ? deed : [deed[0], words];
    });

    expect((await playStepByStep(scenario, variant)).map(inOrder)).toEqual(expected.map(inOrder));
  });
});
