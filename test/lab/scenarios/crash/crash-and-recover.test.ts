import { expect, test } from 'vitest';
import { openDatastore } from '../../../../src/datastore/index.ts';
import { plainResult } from '../../../../src/demo/commands/demo-json.ts';
import { runScenario, type ScenarioResult } from '../../../../src/lab/scenarios/index.ts';
import { architectureNames } from '../../../../src/shop/world.ts';

const steps = ({ timeline }: ScenarioResult): string[] =>
  timeline.flatMap((entry) => (entry.kind === 'step' ? entry.text : []));

const decisions = ({ timeline }: ScenarioResult): string[] =>
  timeline.flatMap((entry) => {
    if (entry.kind !== 'decision') return [];
    const { notification, channel, reason } = entry.decision;
    return `${new Date(entry.atMs).toISOString().slice(11, 16)} ${notification.customerId} ${channel} ${reason}`;
  });

const inTime = { timeout: 60_000 };

test(
  'what was committed is delivered from the log, and what nobody knows of is sent again',
  inTime,
  async () => {
    const datastore = openDatastore();

    const result = await runScenario('crash-and-recover', { architecture: 'event-sourced', datastore });

    // Held against the provider's journal too.
    expect(result).toMatchObject({ ok: true, differences: [] });
    expect(decisions(result)).toEqual([
      '16:05 ada email sent',
      '16:05 ada sms sent',
      '16:10 ben sms sent',
      '16:15 ben email outcome_unknown',
      '16:15 ben email sent',
    ]);
    expect(steps(result).at(-1)).toBe(
      'The provider’s own journal: 5 messages taken under 4 keys; twice came order-confirmed:ord-2602:ben:email',
    );
    expect(await datastore.ledger.counts()).toMatchObject({ requested: 4, sent: 4, pending: 0 });
    await datastore.close();
  },
);

test(
  'with no bus, what dies between the commit and the call is lost, and the story says so',
  inTime,
  async () => {
    const result = await runScenario('crash-and-recover', { architecture: 'api-driven' });

    expect(result).toMatchObject({ ok: true, differences: [] });
    expect(decisions(result)).toEqual([
      '16:10 ben sms sent',
      '16:15 ben email outcome_unknown',
      '16:15 ben email sent',
    ]);
    expect(steps(result)[1]).toContain('Ada is never told');
  },
);

test.each(architectureNames.filter((name) => name !== 'event-sourced' && name !== 'api-driven'))(
  'on %s the same seed gives the same bytes, however fast the processes are',
  inTime,
  async (architecture) => {
    const play = () => runScenario('crash-and-recover', { architecture, seed: 3 });

    const [once, again] = await Promise.all([play(), play()]);

    expect(once).toMatchObject({ ok: true, differences: [] });
    expect(JSON.stringify(plainResult(again))).toBe(JSON.stringify(plainResult(once)));
  },
);
