import { expect, test } from 'vitest';
import { ChannelError } from '../../../src/delivery/index.ts';
import { failingChannel, slowChannel } from '../../support/channels.ts';
import { until } from '../../support/until.ts';
import { aRequestPipeline } from './a-request-pipeline.ts';

const blocked = new ChannelError('permanent', { message: 'the number is blocked' });
const busy = new ChannelError('transient', { message: 'the provider is busy' });

test.each<[string, unknown, string]>([
  ['that refuses for good', blocked, 'rejected'],
  ['that is unavailable', busy, 'attempts_exhausted'],
  ['whose channel breaks off by itself', new TypeError('points is not iterable'), 'internal_error'],
  ['of which nobody knows what it did', new Error('the connection broke'), 'outcome_unknown'],
])('a provider %s leaves a dead letter and an audit record', async (_, error, reason) => {
  const { submit, settle, pipeline, audit, types } = await aRequestPipeline({
    channels: [failingChannel('sms', error)],
  });

  await submit({ channels: ['sms', 'email'] });
  await settle();

  expect(pipeline.deadLetters()).toMatchObject([
    { stage: 'sms', message: { type: 'DeliveryRouted', data: { userId: 'kim', channel: 'sms' } } },
  ]);
  expect(audit.map(({ channel, outcome, reason: why }) => `${channel} ${outcome} ${why}`).sort()).toEqual([
    'email sent sent',
    `sms failed ${reason}`,
  ]);
  expect(types()).toContain('DeliveryFailed');
});

test('a provider that does not answer in time may or may not have sent', async () => {
  const sms = slowChannel('sms');
  const { submit, settle, clock, audit } = await aRequestPipeline({
    channels: [sms],
    settings: { handlerTimeoutMs: 5000 },
  });
  await submit({ channels: ['sms'] });
  await until(() => sms.asked.length === 1);

  await clock.advanceTo(clock.now() + 5000, settle);

  expect(audit).toMatchObject([
    { channel: 'sms', outcome: 'failed', reason: 'outcome_unknown', time: '2026-03-02T10:00:05.000Z' },
  ]);
});

test('a provider that fails again and again stops its stage; the other channels go on', async () => {
  const sms = failingChannel('sms', busy);
  const { submit, settle, pipeline, audit, emails } = await aRequestPipeline({
    channels: [sms],
    settings: { maxConsecutiveFailures: 2 },
  });

  for (let request = 1; request <= 4; request++) {
    await submit({ channels: ['sms', 'email'] });
    await settle();
  }

  expect(sms.asked).toHaveLength(2);
  expect(emails.count).toBe(4);
  expect(audit.filter(({ channel }) => channel === 'sms').map(({ reason }) => reason)).toEqual([
    'attempts_exhausted',
    'attempts_exhausted',
    'stage_stopped',
    'stage_stopped',
  ]);
  expect(pipeline.deadLetters()).toHaveLength(4);
});

test('recipients that are refused, one after the other, do not stop the stage', async () => {
  const sms = failingChannel('sms', blocked);
  const { submit, settle } = await aRequestPipeline({
    channels: [sms],
    settings: { maxConsecutiveFailures: 2 },
  });

  for (let request = 1; request <= 4; request++) await submit({ channels: ['sms'] });
  await settle();

  expect(sms.asked).toHaveLength(4);
});

test('where failures go back to the bus, what a provider refuses for good does not', async () => {
  const { submit, settle, pipeline, audit } = await aRequestPipeline({
    channels: [failingChannel('sms', blocked)],
    settings: { onHandlerFailure: 'nack' },
  });

  await submit({ channels: ['sms'] });
  await settle();

  expect(pipeline.deadLetters()).toMatchObject([{ error: { code: 'rejected' } }]);
  expect(audit).toMatchObject([{ outcome: 'failed', reason: 'rejected' }]);
});
