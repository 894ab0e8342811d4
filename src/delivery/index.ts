/**
 * One notification to its channels, each to exactly one end. Channels that capture, and channels that really send.
 *
 * @example
 * ```ts
 * import { captureSms, ChannelError, type Channel } from './src/delivery/index.ts';
 *
 * const sms = captureSms();
 * const picky: Channel = {
 *   ...sms,
 *   async send(message, context) {
 *     if (!message.to.startsWith('+44')) throw new ChannelError('permanent', { message: 'not from here' });
 *     return sms.send(message, context);
 *   },
 * };
 * console.log(picky.name, picky.templates);
 * ```
 */
export {
  type Channel,
  ChannelError,
  type OutgoingMessage,
  type Receipt,
  type SendContext,
} from './channel.ts';
export { type CapturedEmail, captureEmail, captureUnsubscribeSecret } from './channels/email.ts';
export { faultKinds } from './channels/fault-kinds.ts';
export { type Faults, FaultyChannel } from './channels/faulty.ts';
export type { ResolveHost } from './channels/guarded-lookup.ts';
export { type HttpWebhookOptions, httpWebhook } from './channels/http-webhook.ts';
export { type Captured, Outbox } from './channels/outbox.ts';
export { type CapturedPush, capturePush } from './channels/push.ts';
export { type CapturedSms, captureSms } from './channels/sms.ts';
export { type SmtpEmailOptions, smtpEmail } from './channels/smtp.ts';
export { HandledWebhooks, verifyWebhook, WebhookRefusedError } from './channels/verify-webhook.ts';
export { type CapturedWebhook, captureWebhook } from './channels/webhook.ts';
export { refuseDoubles } from './check-channels.ts';
export { createDeadLetterAlarm, deadLetterAdded } from './dead-letter-alarm.ts';
export type { Decision } from './decision.ts';
export { DeliveryService } from './delivery-service.ts';
export { UnknownRecipientError } from './errors.ts';
export type { EntryStores } from './joint-entry.ts';
export { newDelivery } from './new-delivery.ts';
export type { DeadDeliveryAlert, DeliveryObservers } from './observers.ts';
export type { DeliveryServiceOptions } from './options.ts';
export { OwnTexts, type SentText } from './own-texts.ts';
export { receiptsOfDsn } from './receipts/dsn.ts';
export { readReceipts } from './receipts/receipt-callback.ts';
export { createReceipts, type Receipts, type TakenReceipt } from './receipts/receipts.ts';
export type { ReportedReceipt } from './receipts/reported-receipt.ts';
export { type DeliverySettings, defaultRetries } from './settings.ts';
export type { DueDelivery } from './task.ts';
