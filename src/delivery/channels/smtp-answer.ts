import {
  badMailbox,
  blockListNames,
  otherMatters,
  ourConnection,
  plainWords,
  slower,
} from './smtp-wording.ts';

/** What a server was asked when it answered. `data`: for the mail itself, or at its end. */
export type SmtpStage = 'connection' | 'login' | 'sender' | 'recipient' | 'data';

export interface SmtpAnswer {
  readonly stage: SmtpStage;
  /** All that it said, line by line, with the reply code in front of each. */
  readonly reply: string;
  /** Whom the mail was for, and whom from: a reply that names only the latter is not about the former. */
  readonly to?: string;
  readonly from?: string;
}

/**
 * - `bad-mailbox`: this mailbox is not there, or there no more: it is not written to again.
 * - `refused`: not this mail, for good, for whatever other reason, or for one that is not sure.
 * - `later`: not now.
 * - `slower`: the server is well, and wants fewer mails at a time.
 */
export type SmtpMeaning = 'bad-mailbox' | 'refused' | 'later' | 'slower';

export interface SmtpVerdict {
  readonly meaning: SmtpMeaning;
  /** Whether it says something about this recipient alone, or about the server and us. */
  readonly concerns: 'recipient' | 'relay';
  /** In a few words, without any of the server's own: those may hold an address. */
  readonly because: string;
}

/** What a server's answer (4xx or 5xx) means for the mail, its recipient and the connection. */
export function meaningOf(answer: SmtpAnswer): SmtpVerdict {
  const heard = { ...answer, reply: answer.reply.slice(0, longestReply) };
  return heard.reply.startsWith('4') ? meaningForNow(heard) : meaningForGood(heard);
}

/** A server may say as much as it likes; what it means stands at the beginning. */
const longestReply = 2000;

/** By RFC 3463 and the registry that follows it: about the address, or about a mailbox that was closed. */
const badMailboxCodes: Readonly<Record<string, string>> = {
  '5.1.1': 'no such mailbox',
  '5.1.2': 'no such domain',
  '5.1.3': 'no valid address',
  '5.1.6': 'the mailbox has moved',
  '5.1.10': 'the domain takes no mail',
  '5.2.1': 'the mailbox is closed',
};

/** Codes that say next to nothing, so that the words decide. */
const vagueCodes = ['5.0.0', '5.1.0', '5.2.0', '5.3.0', '5.5.0'];

function meaningForGood(answer: SmtpAnswer): SmtpVerdict {
  const isAboutTheMail = answer.stage === 'recipient' || answer.stage === 'data';
  if (!isAboutTheMail)
    return { meaning: 'refused', concerns: 'relay', because: `refused at ${answer.stage}` };
  const refused = (because: string): SmtpVerdict => ({ meaning: 'refused', concerns: 'recipient', because });
  const codes = enhancedCodesIn(answer.reply);
  const clear = codes.filter((code) => !vagueCodes.includes(code));
  const other = clear.find((code) => !Object.hasOwn(badMailboxCodes, code));
  if (other !== undefined) return refused(`code ${other}`);
  const words = plainWords(answer.reply);
  const matter = blockListNames.test(answer.reply) ? 'block list' : otherMatterOf(words);
  if (matter !== undefined) return refused(`wording: ${matter}`);
  if (isAboutTheSender(answer)) return refused("it names the sender's address");
  const [code] = clear;
  const because =
    code === undefined
      ? badMailbox.some((wording) => wording.test(words)) && 'wording: the mailbox'
      : `code ${code}: ${badMailboxCodes[code]}`;
  return because ? { meaning: 'bad-mailbox', concerns: 'recipient', because } : refused('unsure');
}

const otherMatterOf = (words: string): string | undefined =>
  Object.entries(otherMatters).find(([, wording]) => wording.test(words))?.[0];

function isAboutTheSender({ reply, to = '', from = '' }: SmtpAnswer): boolean {
  const said = reply.toLowerCase();
  return from !== '' && said.includes(from.toLowerCase()) && !said.includes(to.toLowerCase());
}

function meaningForNow({ stage, reply }: SmtpAnswer): SmtpVerdict {
  const words = plainWords(reply);
  const isClosing = reply.startsWith('421');
  const isSlower = isClosing || slower.test(words) || hasThrottlingCode(reply);
  const isOfTheConnection = isClosing || (isSlower && ourConnection.test(words));
  const isOfTheMailbox = enhancedCodesIn(reply).some((code) => /^4\.[12]\./.test(code));
  const isOfOne = stage === 'recipient' || (stage === 'data' && isOfTheMailbox);
  const concerns = isOfOne && !isOfTheConnection ? 'recipient' : 'relay';
  if (isFull(reply, words)) return { meaning: 'later', concerns, because: 'the mailbox is full' };
  if (isSlower)
    return { meaning: 'slower', concerns, because: isClosing ? 'reply 421' : 'wording or code: rate' };
  return { meaning: 'later', concerns, because: 'not now' };
}

/** A mailbox is not emptied by sending more slowly. */
const isFull = (reply: string, words: string): boolean =>
  enhancedCodesIn(reply).includes('4.2.2') || /quota|mailbox (?:is )?full|over ?storage/.test(words);

/** Codes that big providers use for nothing else. */
const hasThrottlingCode = (reply: string): boolean =>
  enhancedCodesIn(reply).some((code) => ['4.3.2', '4.4.5', '4.5.3', '4.7.28', '4.7.650'].includes(code));

/** Those at the beginning of a line, and those that are marked as such: `(#5.7.1)`, `[5.1.1]`. */
function enhancedCodesIn(reply: string): string[] {
  const found = reply.matchAll(/(?:^\d{3}[ -]#?|[#([])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/gm);
  return [...found].map(([, code = '']) => code);
}
