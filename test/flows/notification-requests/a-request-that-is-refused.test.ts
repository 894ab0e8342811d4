import { expect, test } from 'vitest';
import type { NotificationRequest } from '../../../src/flows/notification-requests/notification-request.ts';
import { aRequestPipeline } from './a-request-pipeline.ts';

const known = 'known: email, sms, push, webhook';

test.each<[Partial<NotificationRequest>, string, string]>([
  [{ userId: '' }, 'missing_user', 'it says no user'],
  [{ userId: 'nobody' }, 'unknown_user', 'nobody is known as "nobody"'],
  [{ channels: [] }, 'no_channel', `it says no channel; ${known}`],
  [{ channels: ['email', 'fax'] }, 'unknown_channel', `there is no channel "fax"; ${known}`],
  [{ channels: ['Email'] }, 'unknown_channel', `there is no channel "Email"; ${known}`],
  [{ message: '' }, 'empty_message', 'the message is empty'],
  [{ message: ' \n\t' }, 'empty_message', 'the message is empty'],
  [
    { priority: 'urgent' },
    'unknown_priority',
    'there is no priority "urgent"; known: low, normal, high, critical',
  ],
])('%j is refused: %s', async (differences, code, words) => {
  const { submit, settle, passed, audit } = await aRequestPipeline();

  const requestId = await submit(differences);
  await settle();

  expect(passed.at(-1)).toMatchObject({
    type: 'NotificationFailed',
    data: { requestId, reasons: [{ code, words }] },
  });
  expect(audit).toEqual([]);
});

test('it is told every reason at once', async () => {
  const { submit, settle, passed } = await aRequestPipeline();

  await submit({
    userId: 'nobody',
    channels: ['fax', 'email', 'pigeon', 'fax'],
    message: '',
    priority: 'urgent',
  });
  await settle();

  const failed = passed.at(-1);
  const codes = failed?.type === 'NotificationFailed' ? failed.data.reasons.map(({ code }) => code) : [];
  expect(codes).toEqual([
    'unknown_user',
    'unknown_channel',
    'unknown_channel',
    'empty_message',
    'unknown_priority',
  ]);
});

test('a refusal is no failure of the stage, and no dead letter', async () => {
  const { submit, settle, pipeline } = await aRequestPipeline({ settings: { maxConsecutiveFailures: 1 } });

  await submit({ userId: 'nobody' });
  await submit({ userId: 'nobody' });
  await settle();

  expect(pipeline.deadLetters()).toEqual([]);
  expect(pipeline.statistics().stages[0]).toMatchObject({ stage: 'validate', failed: 0, isStopped: false });
});

test('a value that is quoted is cut', async () => {
  const { submit, settle, passed } = await aRequestPipeline();

  await submit({ priority: 'x'.repeat(10_000) });
  await settle();

  expect(JSON.stringify(passed.at(-1)?.data).length).toBeLessThan(400);
});
