import { quote } from '../../kernel/index.ts';
import type { Check, ValidationError } from '../../pipeline/index.ts';
import { priorities } from './notification-request.ts';

export interface CheckOptions {
  isUser(id: string): Promise<boolean>;
  channels: readonly string[];
}

/** Says everything that is wrong with a person's request. */
export const checkOf =
  ({ isUser, channels: known }: CheckOptions): Check =>
  async ({ userId, channels, message, priority }) => {
    const found: ValidationError[] = [];
    const report = (code: string, words: string): void => void found.push({ code, words });
    if (userId === '') report('missing_user', 'it says no user');
    else if (!(await isUser(userId))) report('unknown_user', `nobody is known as ${quoted(userId)}`);
    if (channels.length === 0) report('no_channel', `it says no channel; known: ${known.join(', ')}`);
    for (const channel of new Set(channels)) {
      if (known.includes(channel)) continue;
      report('unknown_channel', `there is no channel ${quoted(channel)}; known: ${known.join(', ')}`);
    }
    if (typeof message !== 'string' || message.trim() === '') report('empty_message', 'the message is empty');
    if (!priorities.some((name) => name === priority)) {
      report('unknown_priority', `there is no priority ${quoted(priority)}; known: ${priorities.join(', ')}`);
    }
    return found;
  };

const longestQuote = 40;

const quoted = (text: string): string => quote(text, longestQuote);
