import { expect, it } from 'vitest';
import { meaningOf } from '../../../src/delivery/channels/smtp-answer.ts';
import { outcomeOfReply } from './leads-to.ts';
import { knownReplies } from './smtp-replies.ts';

it.each(knownReplies)('$from at $stage: $reply', (known) => {
  expect(outcomeOfReply(known)).toBe(known.leadsTo);
});

it('a mailbox that is called like another matter is judged by what is said about it', () => {
  const reply = '550 5.1.1 <spam.relay@quota.example>: Recipient address rejected: User unknown';

  expect(meaningOf({ stage: 'recipient', reply })).toMatchObject({ meaning: 'bad-mailbox' });
});

it('a number that looks like a code inside an address of the network is none', () => {
  const reply = '550 No such user here [5.1.7.25]';

  expect(meaningOf({ stage: 'recipient', reply })).toMatchObject({ meaning: 'bad-mailbox' });
});
