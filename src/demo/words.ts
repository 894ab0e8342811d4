import { InputError } from '../kernel/index.ts';

/**
 * Words as a shell parts them: what has spaces stands in single or double quotes; a backslash takes away what the next
 * character means.
 * @throws {InputError} a quote is never closed.
 */
export function wordsOf(line: string): string[] {
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
