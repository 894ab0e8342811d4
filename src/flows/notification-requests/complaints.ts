import { quote } from '../../kernel/index.ts';
import type { Check, Complaint } from '../../pipeline/index.ts';
import { priorities } from './notification-request.ts';

export interface CheckOptions {
  isUser(id: string): Promise<boolean>;
  channels: readonly string[];
}

/** Says everything that is wrong with a person's request. */
export const checkOf =
  ({ isUser, channels: known }: CheckOptions): Check =>
  async ({ userId, channels, message, priority }) => {
    const found: Complaint[] = [];
    const complain = (code: string, words: string): void => void found.push({ code, words });
    if (userId === '') complain('missing_user', 'it says no user');
    else if (!(await isUser(userId))) complain('unknown_user', `nobody is known as ${quoted(userId)}`);
    if (channels.length === 0) complain('no_channel', `it says no channel; known: ${known.join(', ')}`);
    for (const channel of new Set(channels)) {
      if (known.includes(channel)) continue;
      complain('unknown_channel', `there is no channel ${quoted(channel)}; known: ${known.join(', ')}`);
    }
    if (typeof message !== 'string' || message.trim() === '')
      complain('empty_message', 'the message is empty');
    if (!priorities.some((name) => name === priority)) {
      complain(
        'unknown_priority',
        `there is no priority ${quoted(priority)}; known: ${priorities.join(', ')}`,
      );
    }
    return found;
  };

const longestQuote = 40;

const quoted = (text: string): string => quote(text, longestQuote);
