import type { Stage } from '../../pipeline-runtime/index.ts';
import type { Gateway } from './gateway.ts';
import { NoAnswerError } from './gateway.ts';
import { orderMessages as messages, type OrderMessage } from './messages.ts';

type In = OrderMessage<
  'AuthorisePayment' | 'AskPayment' | 'CapturePayment' | 'VoidPayment' | 'RefundPayment'
>;
type Out = OrderMessage<
  | 'PaymentAuthorised'
  | 'PaymentDeclined'
  | 'PaymentUnknown'
  | 'PaymentFound'
  | 'PaymentCaptured'
  | 'PaymentVoided'
  | 'PaymentRefunded'
>;

/** So often a provider is asked, under one key, before it counts as silent. */
const tries = 3;

/** Asks the payment provider. What is asked twice under one key has one effect there. */
export const paymentStage = (gateway: Gateway): Stage<In, Out> => ({
  name: 'payment',
  accepts: ['AuthorisePayment', 'AskPayment', 'CapturePayment', 'VoidPayment', 'RefundPayment'],
  retry: { attempts: tries - 1, baseDelayMs: 1000, jitter: false },
  async handle(message, { next, attempt, wait }) {
    const { orderId, key } = message.data;
    if (message.type === 'AskPayment')
      return [next(messages.PaymentFound, { orderId, status: await gateway.find(key) })];
    if (message.type === 'CapturePayment') {
      await gateway.capture(key, message.data.amount);
      return [next(messages.PaymentCaptured, { orderId, amount: message.data.amount })];
    }
    if (message.type === 'VoidPayment')
      return [next(messages.PaymentVoided, { orderId, amount: await gateway.void(key) })];
    if (message.type === 'RefundPayment')
      return [next(messages.PaymentRefunded, { orderId, amount: await gateway.refund(key) })];
    const { amount, card } = message.data;
    try {
      const answer = await gateway.authorise(key, { amount, card, wait });
      return answer === 'authorised'
        ? [next(messages.PaymentAuthorised, { orderId, amount })]
        : [next(messages.PaymentDeclined, { orderId, reason: 'card_declined' })];
    } catch (thrown) {
      if (!(thrown instanceof NoAnswerError) || attempt < tries) throw thrown;
      return [next(messages.PaymentUnknown, { orderId })];
    }
  },
});
