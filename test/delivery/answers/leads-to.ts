import { meaningOf, type SmtpVerdict } from '../../../src/delivery/channels/smtp-answer.ts';
import type { KnownReply } from './known-reply.ts';

const words: Readonly<Record<SmtpVerdict['meaning'], string>> = {
  'bad-mailbox': 'suppressed',
  refused: 'dead letter',
  later: 'tried later',
  slower: 'slower',
};

export const verdictOn = ({ stage, reply }: Pick<KnownReply, 'stage' | 'reply'>): SmtpVerdict =>
  meaningOf({ stage, reply, to: 'kim@example.com', from: 'orders@shop.example' });

/** In the words of the fixtures. */
export function outcomeOfReply(known: Pick<KnownReply, 'stage' | 'reply'>): string {
  const { meaning, concerns } = verdictOn(known);
  const isForNow = meaning === 'later' || meaning === 'slower';
  return isForNow && concerns === 'relay' ? `${words[meaning]} (relay)` : words[meaning];
}
