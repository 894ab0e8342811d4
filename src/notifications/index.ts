/**
 * What to say to whom: pure functions, and templates.
 *
 * @example
 * ```ts
 * import { createNotification, createTemplates, smsSegments } from './src/notifications/index.ts';
 *
 * const { id } = createNotification({
 *   type: 'order-shipped',
 *   customerId: 'ada',
 *   about: 'ord-1',
 *   cause: { id: 'e-1', correlationId: 'e-1', subject: 'ord-1', time: '2026-03-02T10:00:00Z' },
 *   variables: { orderId: 'ord-1' },
 * });
 * console.log(id, smsSegments('Your order is on its way').segments, typeof createTemplates());
 * ```
 */
export { AttachmentError } from './attachment-error.ts';
export type { Attachment } from './attachments.ts';
export {
  type NotificationKind,
  type NotificationType,
  type NotificationVariables,
  notificationKinds,
  type Priority,
} from './catalogue.ts';
export { addressOf, channelsFor } from './contact.ts';
export { plainMoney } from './money.ts';
export {
  createNotification,
  deliveryId,
  type Notification,
  type NotificationOptions,
} from './notification.ts';
export { factsFor, isOvertaken, type ShopFact, type ShopFacts } from './overtaken.ts';
export { type OwnText, ownTextId, ownTextNotification, ownTextSchema } from './own-text.ts';
export { inOneLine } from './plain-text.ts';
export {
  firstObjection,
  isSwitchedOn,
  mayBeTold,
  type Objection,
  type PolicyInput,
  type PolicyStep,
  policySteps,
} from './policy.ts';
export { type QuietHoursQuestion, quietUntilMs } from './quiet-hours.ts';
export { customerWords } from './reason-words.ts';
export { type DeliveryStep, deliverySteps, type Reason, type ReasonCode, reasons } from './reasons.ts';
export { isPriceDrop, orderStatusNotification } from './rules.ts';
export { shop } from './shop.ts';
export { type FittedSms, fitSms } from './sms-limit.ts';
export { type SmsSegments, smsSegments } from './sms-segments.ts';
export {
  InvalidTemplateError,
  MissingTemplateError,
  MissingVariableError,
  type TemplateKey,
} from './template-errors.ts';
export {
  type AttachmentRequest,
  type Content,
  createTemplates,
  type RenderRequest,
  type Templates,
  type TemplatesOptions,
} from './templates.ts';
export { UnknownTimeZoneError } from './time-zone.ts';
export {
  readUnsubscribeToken,
  type Unsubscription,
  unsubscribeUrl,
  unsubscriptionFrom,
} from './unsubscribe.ts';
export { type Usefulness, usefulUntilMs } from './usefulness.ts';
