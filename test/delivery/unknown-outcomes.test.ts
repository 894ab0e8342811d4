import { describe, expect, it } from 'vitest';
import { moodyChannel, slowChannel } from '../support/channels.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';

const brokenOff = new Error('socket hang up');

/** A process that died while `about` were in the hands of the provider of SMS, in the file that it left. */
async function fileOfTheDead(abouts = ['order-1']): Promise<string> {
  const file = temporaryFile('shop.db');
  const sms = slowChannel('sms');
  const office = await openPostOffice({ file, channels: [sms] });
  for (const about of abouts) void office.request(aRequest({ about }));
  await until(() => office.decisions.length === abouts.length && sms.asked.length === abouts.length);
  await office.datastore.close();
  return file;
}

describe('a message of which nobody knows whether it was sent', () => {
  it('is sent again under the same key, and then it is known', async () => {
    const sms = moodyChannel('sms', brokenOff);
    const office = await openPostOffice({ channels: [sms] });
    await office.request(aRequest());
    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending outcome_unknown');
    sms.mood = undefined;

    await office.finish();

    expect(new Set(sms.asked).size).toBe(1);
    expect(sms.taken).toHaveLength(1);
    expect(await passingVerdicts(office.datastore, aRequest().id)).toEqual(['sms outcome_unknown']);
  });

  it('is not sent again where that is forbidden: a person has to look', async () => {
    const sms = moodyChannel('sms', brokenOff);
    const office = await openPostOffice({ channels: [sms], onUnknownOutcome: 'dead-letter' });
    await office.request(aRequest());

    await office.finish();

    expect(sms.asked).toHaveLength(1);
    expect(await ledgerLines(office.datastore)).toContain(
      'order-shipped kim sms dead_lettered outcome_unknown',
    );
  });
});

describe('what was in hand when the process died', () => {
  it('is due at the next start, with the verdict that nobody knows its outcome', async () => {
    const file = await fileOfTheDead();

    const office = await openPostOffice({ file, nowMs: noonMs + minuteMs });
    await office.settle();

    expect(office.texts.all()).toHaveLength(1);
    const verdict = { reason: 'outcome_unknown', atMs: noonMs + minuteMs, untilMs: noonMs + minuteMs };
    expect(await office.datastore.ledger.verdicts([aRequest().id])).toMatchObject([verdict]);
    await office.close();
  });

  it('loses none of its attempts by that', async () => {
    const file = await fileOfTheDead();
    const sms = moodyChannel('sms', brokenOff);

    const office = await openPostOffice({ file, channels: [sms] });
    await office.finish();

    expect(sms.asked).toHaveLength(3);
    await office.close();
  });

  it('is a dead letter where sending again is forbidden, and is announced', async () => {
    const abouts = Array.from({ length: 3 }, (_, index) => `order-${index}`);
    const file = await fileOfTheDead(abouts);
    const announced: string[] = [];

    const office = await openPostOffice({
      file,
      onUnknownOutcome: 'dead-letter',
      onDeadLetter: ({ notification }) => void announced.push(notification.subject),
    });
    await office.finish();

    expect(office.texts.all()).toEqual([]);
    expect(announced.sort()).toEqual(abouts);
    const letters = await office.datastore.ledger.deadLetters({ limit: 10 });
    expect(letters.map(({ delivery, failure }) => [delivery.reason, failure?.errorCode])).toEqual(
      abouts.map(() => ['outcome_unknown', 'interrupted']),
    );
    expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 6, sent: 3, deadLettered: 3 });
    await office.close();
  });

  it('is a dead letter then, page after page', async () => {
    const file = temporaryFile('shop.db');
    const first = await openPostOffice({ file });
    const notification = { ...aRequest(), requestedAtMs: noonMs };
    const pending = {
      status: 'pending',
      reason: null,
      dueAtMs: null,
      settledAtMs: null,
      attempts: 0,
    } as const;
    await first.datastore.ledger.open(
      Array.from({ length: 2001 }, (_, index) => {
        const id = `n-${index}`;
        const delivery = { ...pending, notificationId: id, channel: 'sms', receipt: null };
        return { notification: { ...notification, id }, deliveries: [delivery] };
      }),
    );
    await first.close();

    const office = await openPostOffice({ file, onUnknownOutcome: 'dead-letter' });

    expect(await office.datastore.ledger.counts()).toMatchObject({ deadLettered: 2001, pending: 0 });
    await office.close();
  });
});
