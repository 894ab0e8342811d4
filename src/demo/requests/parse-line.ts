import type { NotificationRequest } from '../../flows/notification-requests/index.ts';
import { InputError } from '../../kernel/index.ts';

const example = "user_001 email,sms 'Your order shipped!' high";

/**
 * The request of one line: user, channels, message and, unless it is normal, priority. A text with spaces
 * stands in single or double quotes; a backslash takes away what the next character means.
 * @throws {InputError}
 */
export function parseLine(line: string): NotificationRequest {
  const [userId, channels, message, priority = 'normal', ...more] = wordsOf(line);
  if (userId === undefined || channels === undefined || message === undefined) {
    throw new InputError({
      message: 'a request is: user channels message [priority]',
      help: `Such as: ${example}`,
    });
  }
  if (more.length > 0) {
    throw new InputError({
      message: `there is more behind the priority: ${JSON.stringify(more.join(' '))}`,
      help: `Put the message in quotes: ${example}`,
    });
  }
  const names = channels.split(/[,|]/).map((name) => name.trim());
  return { userId, channels: names.filter((name) => name !== ''), message, priority };
}

/** Words as a shell parts them. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: { readonly sign: string; readonly column: number } | undefined;
  for (let index = 0; index < line.length; index++) {
    const character = line[index] as string;
    if (character === '\\' && index + 1 < line.length) {
      word = (word ?? '') + line[++index];
    } else if (character === quote?.sign) {
      quote = undefined;
    } else if (quote === undefined && (character === "'" || character === '"')) {
      quote = { sign: character, column: index + 1 };
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) {
    throw new InputError({
      message: `the quote ${quote.sign} in column ${quote.column} is never closed`,
      help: `Close it, or write \\${quote.sign} for the character itself.`,
    });
  }
  return word === undefined ? words : [...words, word];
}
