import { expect, test } from 'vitest';
import { faultNames, namedFault } from '../../../src/lab/faults/index.ts';
import { runScenario } from '../../../src/lab/scenarios/index.ts';
import { runCli } from '../../support/command-line.ts';

test('any channel can be down, slow, busy or blocked', () => {
  expect(faultNames).toHaveLength(16);
  for (const name of faultNames) expect(namedFault(name)).toMatchObject({ name });
});

test.each(faultNames.filter((name) => /^(sms|push|webhook)-/.test(name) || /-(slow|busy)$/.test(name)))(
  '%s heals once it is mended and dead letters are re-driven, unless the address is blocked for good',
  async (name) => {
    const { ok } = await runScenario('order-shipped', { drill: { faults: [namedFault(name)] } });

    expect(ok).toBe(name !== 'sms-blocked');
  },
);

test('what is left broken stays a dead letter', async () => {
  const { deliveries, timeline } = await runScenario('order-shipped', {
    drill: { faults: [namedFault('email-down')], leaveBroken: true },
  });

  const ends = deliveries.map(({ delivery: { channel, status } }) => `${channel} ${status}`).sort();
  expect(ends).toEqual(['email dead_lettered', 'email dead_lettered', 'sms sent', 'sms skipped']);
  expect(timeline.flatMap((entry) => (entry.kind === 'breaker' ? entry.state : []))).toEqual([
    'open',
    'half-open',
    'open',
  ]);
});

test('a story that breaks and mends something of its own is left broken too', async () => {
  const { differences } = await runScenario('dead-letter', { drill: { leaveBroken: true } });

  expect(differences).toEqual([
    '- hana order-confirmed email: sent',
    '+ hana order-confirmed email: attempts_exhausted',
  ]);
});

test('a breaker that opens, probes and closes again is seen in the timeline', async () => {
  const { stdout } = await runCli('demo', 'sms-outage');

  expect(stdout).toContain('⚡ sms circuit breaker open');
  expect(stdout).toContain('⚡ sms circuit breaker half-open');
  expect(stdout).toContain('⚡ sms circuit breaker closed');
});

test.each([
  [
    ['demo', '--fault', 'sms-gone'],
    /^demo: there is no fault "sms-gone"\. Give a channel \(email, sms, .*\n$/,
  ],
  [['demo', '--fault', 'fax-down'], /^demo: there is no fault "fax-down"\. .*\n$/],
  [
    ['demo', 'crash-and-recover', '--leave-broken'],
    /^demo: "crash-and-recover" brings a provider of its own, .* leave it out\.\n$/,
  ],
])('%j is refused with one line', async (args, line) => {
  const { code, stdout, stderr } = await runCli(...args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(line);
});
