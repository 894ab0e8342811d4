import { expect, test } from 'vitest';
import { inAnSms, inPlainText } from '../../src/notifications/plain-text.ts';

const isObeyed = (character: string): boolean => /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(character);
const isMark = (character: string): boolean => /[\u061c\u200e\u200f\ufeff]/.test(character);

test('no character that is obeyed rather than read gets through, beside whatever it stands', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    const text = `a${character}b`;
    const ofText = character === '\r' ? 'a\nb' : isObeyed(character) ? 'a b' : text;
    expect(inPlainText(text)).toBe('\n\t'.includes(character) ? text : ofText);
    const isLeftOut = character !== '\n' && (isObeyed(character) || isMark(character));
    expect(inAnSms(text)).toBe(isLeftOut ? 'ab' : text);
  }
});
