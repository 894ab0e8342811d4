import type { Stage } from '../../pipeline-runtime/index.ts';
import {
  type Complaint,
  priorities,
  type RequestMessage,
  type RequestMessages,
  requestMessages,
} from '../messages.ts';
import { pageEnd } from './page-end.ts';

export interface ValidateOptions {
  isUser(id: string): Promise<boolean>;
  channels: readonly string[];
}

/** Lets pass what can be sent, and refuses the rest with everything that is wrong with it. */
export function validateStage(
  options: ValidateOptions,
): Stage<RequestMessage<'NotificationSubmitted'>, RequestMessage> {
  return {
    name: 'validate',
    accepts: ['NotificationSubmitted'],
    async handle({ data }, context) {
      const { requestId, userId, message, rest } = data;
      const reasons = await complaints(data, options);
      if (reasons.length > 0) {
        const refusal = context.next(requestMessages.NotificationFailed, { requestId, userId, reasons });
        return [refusal, ...pageEnd(data, context)];
      }
      const checked = { channels: [...new Set(data.channels)], priority: data.priority as Priority };
      const valid = { requestId, userId, message, ...checked, ...(rest && { rest }) };
      return [context.next(requestMessages.NotificationValidated, valid)];
    },
  };
}

type Priority = (typeof priorities)[number];

async function complaints(
  { userId, channels, message, priority }: RequestMessages['NotificationSubmitted'],
  { isUser, channels: known }: ValidateOptions,
): Promise<Complaint[]> {
  const found: Complaint[] = [];
  const complain = (code: string, words: string): void => void found.push({ code, words });
  if (userId === '') complain('missing_user', 'it says no user');
  else if (!(await isUser(userId))) complain('unknown_user', `nobody is known as ${quote(userId)}`);
  if (channels.length === 0) complain('no_channel', `it says no channel; known: ${known.join(', ')}`);
  for (const channel of new Set(channels)) {
    if (known.includes(channel)) continue;
    complain('unknown_channel', `there is no channel ${quote(channel)}; known: ${known.join(', ')}`);
  }
  if (typeof message === 'string' && message.trim() === '') complain('empty_message', 'the message is empty');
  if (!priorities.some((name) => name === priority)) {
    complain('unknown_priority', `there is no priority ${quote(priority)}; known: ${priorities.join(', ')}`);
  }
  return found;
}

const longestQuote = 40;

const quote = (text: string): string =>
  JSON.stringify(text.length <= longestQuote ? text : `${text.slice(0, longestQuote)}…`);
