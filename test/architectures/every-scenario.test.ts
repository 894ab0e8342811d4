import { describe, expect, test } from 'vitest';
import { optionsOf, variants } from '../../src/lab/comparison/measure/variants.ts';
import { scenarios } from '../../src/lab/scenarios/index.ts';
import { runScenario } from '../../src/lab/scenarios/run-scenario.ts';
import type { Scenario } from '../../src/lab/scenarios/scenario.ts';
import { hasBus } from '../../src/shop/world.ts';

type Variant = (typeof variants)[number];

/** What customers and the ledger have in the end: each delivery with its end, and each message word for word. */
async function endOf(scenario: Scenario, variant: Variant) {
  const { ok, deliveries, timeline } = await runScenario(scenario, optionsOf(variant));
  const ends = deliveries.map(({ notification: { type, customerId, subject }, delivery }) =>
    [type, customerId, subject, delivery.channel, delivery.status, delivery.reason].join(' '),
  );
  const messages = timeline.flatMap((entry) => {
    if (entry.kind !== 'decision') return [];
    const { email, sms } = entry;
    const mail = email && { to: email.to, subject: email.subject, text: email.text, html: email.html };
    return [...(mail ? [JSON.stringify(mail)] : []), ...(sms ? [JSON.stringify([sms.to, sms.text])] : [])];
  });
  return { ok, ends: ends.sort(), messages: messages.sort() };
}

/** The order within a scenario may differ where several are told at once; nothing else may. */
describe.each(scenarios)('$name', (scenario) => {
  const [reference, ...others] = variants.filter(
    ({ architecture }) => scenario.needsBus === undefined || hasBus(architecture),
  );

  /** Played once for all the others. */
  let played: ReturnType<typeof endOf> | undefined;

  test.each(others)('$architecture ($handOver) tells the same, word for word', async (variant) => {
    played ??= endOf(scenario, reference as Variant);
    const expected = await played;

    const actual = await endOf(scenario, variant);

    expect(expected.messages.length + expected.ends.length).toBeGreaterThan(0);
    expect(actual).toEqual(expected);
    expect(actual.ok).toBe(true);
  });
});
