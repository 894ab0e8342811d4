import type MimeNode from 'nodemailer/lib/mime-node';

export interface HeaderTexts {
  readonly to: string;
  readonly toName: string;
  readonly subject: string;
}

/**
 * Has the mail written so that a decoder gives back exactly these texts. nodemailer sends ASCII as it is, also what
 * looks like an encoded word (RFC 2047): a name such as `=?utf-8?Q?Bcc:_eve?=` would come alive in the reader's program.
 */
export async function encodeHeaders(mail: MimeNode, { to, toName, subject }: HeaderTexts): Promise<MimeNode> {
  // None of its words parts a character.
  const { encodeWord } = await import('nodemailer/lib/mime-funcs');
  const inWords = (text: string): string => encodeWord(text, 'B', 52);
  const encode = mail.encodeHeaderValue.bind(mail);
  mail.encodeHeaderValue = (key, value) => {
    if (key === 'Subject' && needsWords(subject)) return inWords(subject);
    if (key !== 'To' || !needsWords(toName)) return encode(key, value);
    const address = encode(key, { address: to, name: '' });
    return `${inWords(toName)} ${address.startsWith('<') ? address : `<${address}>`}`;
  };
  return mail;
}

/** Letters beyond ASCII, encoded words, and what is lost where a line is folded. */
const needsWords = (text: string): boolean => /[^ -~]|=\?|^ | $| {2}|\S{60}/.test(text);
