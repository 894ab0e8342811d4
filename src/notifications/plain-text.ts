/**
 * What others wrote stands in our messages: names, ids, names of products. Some characters in it would not be read but
 * obeyed: line breaks add headers to a mail, and those that turn the direction of writing disguise what is said.
 * Half a surrogate pair is no character at all.
 */
const obeyed = String.raw`\u202a-\u202e\u2066-\u2069`;

const notInALine = new RegExp(String.raw`[\p{Cc}\p{Cs}\u2028\u2029${obeyed}]+`, 'u');
const notInAText = new RegExp(String.raw`(?:(?![\n\t]|\r\n)[\p{Cc}\p{Cs}${obeyed}])+`, 'gu');
/** Marks of direction too: a phone shows them as boxes, and one of them makes the whole SMS cost twice as much. */
const notInAnSms = new RegExp(String.raw`(?!\n)[\p{Cc}\p{Cs}\u061c\u200e\u200f\ufeff${obeyed}]`, 'gu');

/** Letters of Europe on lines that end with LF: of nearly all texts that is all that has to be asked. */
const isPlain = /^[\n\x20-\x7e\xa0-\u04ff]*$/;

/** A name or a subject: one line, each run of what does not belong there being one space. */
export const inOneLine = (text: string): string =>
  notInALine.test(text) ? text.split(notInALine).join(' ').trim() : text;

/** A text of several lines, likewise; however a line ends, it ends with LF. */
export const inPlainText = (text: string): string =>
  isPlain.test(text) ? text : text.replaceAll(/\r\n?/g, '\n').replaceAll(notInAText, ' ');

/** The text of an SMS, without anything in the place of what does not belong there. */
export const inAnSms = (text: string): string =>
  isPlain.test(text) ? text : text.replaceAll(notInAnSms, '');
