import { describe, expect, it } from 'vitest';
import { plainResult } from '../../../src/demo/commands/demo-json.ts';
import { runScenario, type Scenario, scenarios } from '../../../src/lab/scenarios/index.ts';
import { orderShipped } from '../../../src/lab/scenarios/orders.ts';

describe('a scenario', () => {
  it.each(scenarios.map(({ name }) => name))('%s ends as it promises, in a shop of its own', async (name) => {
    const result = await runScenario(name);

    expect(result.differences).toEqual([]);
    expect(result.ok).toBe(true);
  });

  it('gives the same bytes for the same seed, and other ids for another', async () => {
    const once = JSON.stringify(plainResult(await runScenario('quiet-hours', { seed: 7 })));
    const again = JSON.stringify(plainResult(await runScenario('quiet-hours', { seed: 7 })));
    const other = JSON.stringify(plainResult(await runScenario('quiet-hours', { seed: 8 })));

    expect(again).toBe(once);
    expect(other).not.toBe(once);
  });

  it('that no longer does what it says is not ok, and names what is missing and what is too much', async () => {
    const wrong: Scenario = {
      ...orderShipped,
      expected: ['ada order-shipped email: sent', 'eve welcome email: sent'],
    };

    const result = await runScenario(wrong);

    expect(result.ok).toBe(false);
    expect(result.differences).toEqual([
      '- eve welcome email: sent',
      '+ ada order-shipped sms: sent',
      '+ dev order-shipped email: sent',
      '+ dev order-shipped sms: no_contact',
    ]);
  });

  it('that is told twice of one delivery is not ok', async () => {
    const wrong: Scenario = {
      ...orderShipped,
      expected: [...orderShipped.expected, 'ada order-shipped email: sent'],
    };

    expect((await runScenario(wrong)).differences).toEqual(['- ada order-shipped email: sent']);
  });

  it('shows the words that were sent, in the language of each customer', async () => {
    const { timeline } = await runScenario('price-drop');

    const sent = timeline.flatMap((entry) => (entry.kind === 'decision' ? entry : []));
    const mailTo = (id: string) =>
      sent.find(({ decision, email }) => email && decision.notification.customerId === id);
    expect(mailTo('ada')?.email?.subject).toContain('now costs');
    expect(mailTo('clara')?.email?.subject).toContain('kostet jetzt');
  });

  it('in which the SMS waits for the morning shows when it goes on', async () => {
    const { timeline } = await runScenario('quiet-hours');

    const sms = timeline.flatMap((entry) =>
      entry.kind === 'decision' && entry.decision.channel === 'sms'
        ? [[entry.decision.reason, new Date(entry.atMs).toISOString().slice(11, 16)]]
        : [],
    );
    expect(sms).toEqual([
      ['quiet_hours', '22:30'],
      ['sent', '06:00'],
    ]);
  });

  it('of an unknown name is refused with the names there are', async () => {
    await expect(runScenario('order-shiped')).rejects.toMatchObject({
      code: 'bad_input',
      message: 'there is no scenario "order-shiped"',
      help: expect.stringContaining('order-shipped'),
    });
  });
});
