import { expect, it } from 'vitest';
import { smsSegments } from '../../src/notifications/index.ts';
import { aCustomer } from '../support/customers.ts';
import { passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';

const longOrder = aRequest({ variables: { orderId: 'long-'.repeat(60) } });

it('an SMS that is too long leaves cut, with a link, and that is on record and in the log', async () => {
  const { request, datastore, texts, logged, decisions } = await openPostOffice({ maxSmsSegments: 2 });

  await request(longOrder);

  const [text] = texts.all();
  expect(text).toMatchObject({ encoding: 'GSM-7', segments: 2 });
  expect(text?.text).toMatch(/\.\.\. https:\/\/shop\.example$/);
  expect(await passingVerdicts(datastore, longOrder.id)).toEqual(['sms shortened']);
  expect(decisions.map(({ channel, reason }) => `${channel} ${reason}`)).toEqual(['email sent', 'sms sent']);
  expect(logged.filter((line) => line.includes('shortened'))).toHaveLength(1);
  expect(logged.join()).not.toContain('Hill & Valley');
});

it('three segments are allowed unless a setting says otherwise, and an email has no limit', async () => {
  const { request, texts, emails, datastore } = await openPostOffice();

  await request(longOrder);

  expect(texts.all()[0]?.segments).toBeLessThanOrEqual(3);
  expect(await passingVerdicts(datastore, longOrder.id)).toEqual(['sms shortened']);
  expect(emails.count).toBe(1);
});

it('one that fits leaves as it is, and nothing is said of it', async () => {
  const { request, texts, datastore, logged } = await openPostOffice({ customers: [aCustomer()] });

  await request(aRequest());

  expect(smsSegments(texts.all()[0]?.text ?? '').segments).toBe(1);
  expect(await passingVerdicts(datastore, aRequest().id)).toEqual([]);
  expect(logged).toEqual([]);
});

it.each([0, 2.5, 256])('%s segments are refused by the name of the setting', async (maxSmsSegments) => {
  await expect(openPostOffice({ maxSmsSegments })).rejects.toMatchObject({
    code: 'invalid_setting',
    message: expect.stringContaining('maxSmsSegments'),
  });
});
