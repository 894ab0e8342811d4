import type { StageContext } from '../../pipeline-runtime/index.ts';
import { type RequestMessage, type RequestMessages, requestMessages } from '../messages.ts';

/**
 * With the last request of a page, asks for the next page: not before, so that no more than a page of them is
 * under way, however many there are.
 */
export function pageEnd(
  { requestId, userId, rest }: RequestMessages['NotificationSubmitted' | 'NotificationValidated'],
  { begin }: StageContext,
): RequestMessage[] {
  return rest === undefined ? [] : [begin(requestMessages.PriceDropContinued, { requestId, userId, rest })];
}
