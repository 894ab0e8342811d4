import type { NotificationRequest } from '../../flows/notification-requests/index.ts';
import { InputError } from '../../kernel/index.ts';
import { wordsOf } from '../words.ts';

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
