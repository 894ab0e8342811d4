export {
  type Channel,
  ChannelError,
  type ChannelErrorOptions,
  type OutgoingMessage,
  type Receipt,
  type SendContext,
} from './channel.ts';
export { type CapturedEmail, type CaptureEmailOptions, captureEmail } from './channels/email.ts';
export { type Captured, Outbox } from './channels/outbox.ts';
export { type CapturedSms, type CaptureSmsOptions, captureSms } from './channels/sms.ts';
export type { Decision } from './decision.ts';
export { DeliveryService, type DeliveryServiceOptions } from './delivery-service.ts';
export { UnknownRecipientError } from './errors.ts';
