import { z } from 'zod';
import { id, line } from '../values.ts';

/** `paymentId` names one attempt to pay. `reason` is a code, such as `card_declined`. */
export const failPaymentSchema = z.object({ paymentId: id, orderId: id, reason: line });
export type FailPayment = z.infer<typeof failPaymentSchema>;

/** `paymentId` names one attempt to pay. */
export const receivePaymentSchema = z.object({ paymentId: id, orderId: id });
export type ReceivePayment = z.infer<typeof receivePaymentSchema>;

export const billingCommands = { failPayment: failPaymentSchema, receivePayment: receivePaymentSchema };
