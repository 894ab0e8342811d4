import { describe, expect, it } from 'vitest';
import { readReceipts } from '../../src/delivery/index.ts';

const receipt = { channel: 'sms', providerMessageId: 'SM-1', status: 'delivered' };

describe('a callback', () => {
  it('is one receipt, or a list of them', () => {
    expect(readReceipts(receipt)).toEqual([receipt]);
    expect(readReceipts([receipt, receipt])).toEqual([receipt, receipt]);
  });

  it('may say when, whom, why, and that the address is not to be used any more', () => {
    const whole = {
      ...receipt,
      status: 'failed',
      recipient: '+15550100',
      code: '30005',
      detail: 'unknown\nhandset',
      suppress: 'bounced',
    };

    expect(readReceipts({ ...whole, at: '2026-03-02T12:00:00+02:00' })).toEqual([
      { ...whole, atMs: Date.parse('2026-03-02T10:00:00Z') },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['is no object', 'delivered', 'the receipt: '],
    ['is nothing', undefined, 'the receipt: '],
    ['is an empty list', [], 'there are 0 receipts'],
    ['is too long a list', Array.from({ length: 1001 }, () => receipt), 'there are 1001 receipts'],
    ['lacks its id', { channel: 'sms', status: 'delivered' }, 'the receipt: providerMessageId: '],
    ['has an id with a line break', { ...receipt, providerMessageId: 'a\nb' }, 'has control characters'],
    ['has a status that is none', { ...receipt, status: 'sent' }, 'the receipt: status: '],
    ['has a time that is none', { ...receipt, at: 'yesterday' }, 'the receipt: at: '],
    ['has a time without an offset', { ...receipt, at: '2026-03-02T12:00:00' }, 'the receipt: at: '],
    ['has a field that nobody knows', { ...receipt, to: 'kim@example.com' }, 'the receipt: '],
    ['suppresses whom it reached', { ...receipt, suppress: 'blocked' }, 'the receipt: suppress: '],
    ['is wrong in its second', [receipt, { ...receipt, channel: 7 }], 'receipt 2: channel: '],
  ])('that %s is refused whole, in a line, without its values', (_, body, words) => {
    const refusal = (): unknown => {
      try {
        return readReceipts(body);
      } catch (thrown) {
        return thrown;
      }
    };

    expect(refusal()).toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(`a callback cannot be read: `),
      help: expect.stringMatching(/\S/),
    });
    const { message } = refusal() as Error;
    expect(message).toContain(words);
    expect(message).not.toMatch(/\n|kim@/);
  });
});
