import { expect, test } from 'vitest';
import { optionsOf, variants } from '../../../src/lab/comparison/measure/variants.ts';
import { runScenario } from '../../../src/lab/scenarios/index.ts';

test.each(variants)(
  'who asks for a code on $architecture ($handOver) is told as much as it knows',
  async (variant) => {
    const { ok, timeline } = await runScenario('one-time-code', optionsOf(variant));

    const answers = timeline.flatMap((entry) => (entry.kind === 'answer' ? entry : []));
    const unknown = { text: 'it is accepted; what becomes of it, the ledger knows', isOutcome: false };
    const outcomes = [
      { text: 'sms sent, accepted by the provider', isOutcome: true },
      { text: 'sms pending, the provider is unavailable; it will be tried again', isOutcome: true },
      { text: 'email sent, accepted by the provider', isOutcome: true },
    ];
    expect(ok).toBe(true);
    expect(answers).toMatchObject(
      variant.architecture === 'api-driven' ? outcomes : [unknown, unknown, unknown],
    );
  },
);
