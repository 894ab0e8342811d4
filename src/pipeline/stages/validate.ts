import {
  type Complaint,
  type NotificationRequest,
  type PipelineMessage,
  pipelineMessages,
  priorities,
} from '../messages.ts';
import type { Stage } from '../runtime/index.ts';

export interface ValidateOptions {
  isUser(id: string): Promise<boolean>;
  channels: readonly string[];
}

/** Lets pass what can be sent, and refuses the rest with everything that is wrong with it. */
export function validateStage(
  options: ValidateOptions,
): Stage<PipelineMessage<'NotificationSubmitted'>, PipelineMessage> {
  return {
    name: 'validate',
    accepts: ['NotificationSubmitted'],
    async handle({ data: { requestId, userId, channels, message, priority } }, { next }) {
      const reasons = await complaints({ userId, channels, message, priority }, options);
      if (reasons.length > 0)
        return [next(pipelineMessages.NotificationFailed, { requestId, userId, reasons })];
      const valid = { requestId, userId, channels: [...new Set(channels)], message };
      const checked = priority as (typeof priorities)[number];
      return [next(pipelineMessages.NotificationValidated, { ...valid, priority: checked })];
    },
  };
}

async function complaints(
  { userId, channels, message, priority }: NotificationRequest,
  { isUser, channels: known }: ValidateOptions,
): Promise<Complaint[]> {
  const found: Complaint[] = [];
  const complain = (code: Complaint['code'], words: string): void => void found.push({ code, words });
  if (userId === '') complain('missing_user', 'it says no user');
  else if (!(await isUser(userId))) complain('unknown_user', `nobody is known as ${quote(userId)}`);
  if (channels.length === 0) complain('no_channel', `it says no channel; known: ${known.join(', ')}`);
  for (const channel of new Set(channels)) {
    if (known.includes(channel)) continue;
    complain('unknown_channel', `there is no channel ${quote(channel)}; known: ${known.join(', ')}`);
  }
  if (message.trim() === '') complain('empty_message', 'the message is empty');
  if (!priorities.some((name) => name === priority)) {
    complain('unknown_priority', `there is no priority ${quote(priority)}; known: ${priorities.join(', ')}`);
  }
  return found;
}

const longestQuote = 40;

const quote = (text: string): string =>
  JSON.stringify(text.length <= longestQuote ? text : `${text.slice(0, longestQuote)}…`);
