import type { SmtpStage } from '../../../src/delivery/channels/smtp-answer.ts';

/** What mail servers really say, and what has to follow. Multi-line replies have their lines parted by `\n`. */
export interface KnownReply {
  readonly from: string;
  readonly stage: SmtpStage;
  readonly reply: string;
  /** `suppressed`, `dead letter`, `tried later` or `slower`, and whose matter it is where that is not the recipient's. */
  readonly leadsTo:
    | 'suppressed'
    | 'dead letter'
    | 'tried later'
    | 'slower'
    | 'tried later (relay)'
    | 'slower (relay)';
}

export const replyAt =
  (stage: SmtpStage, leadsTo: KnownReply['leadsTo']) =>
  (from: string, reply: string): KnownReply => ({ from, stage, reply, leadsTo });
