import { AppError, type AppErrorOptions, quote } from '../kernel/index.ts';

type Entity = 'customer' | 'product' | 'order' | 'line item' | 'payment' | 'promotion';
type UnknownCode = 'unknown_customer' | 'unknown_product' | 'unknown_order' | 'unknown_line_item';
type ExistsCode =
  | 'customer_exists'
  | 'product_exists'
  | 'order_exists'
  | 'payment_exists'
  | 'promotion_exists';

/** Every reason for which the shop refuses a command. Stable. */
export type DomainErrorCode =
  | UnknownCode
  | ExistsCode
  | 'customer_erased'
  | 'wrong_order_status'
  | 'wrong_line_item_status'
  | 'duplicate_line_item'
  | 'currency_mismatch'
  | 'total_too_large'
  | 'invalid_command'
  | 'unknown_command';

/** The shop refuses a command: nothing has changed, and nothing was or will be published. */
export abstract class DomainError extends AppError {
  abstract override readonly code: DomainErrorCode;
}

/** The command names something that the shop has never heard of. */
export class UnknownEntityError extends DomainError {
  readonly code: UnknownCode;
  readonly id: string;

  constructor(code: UnknownCode, id: string) {
    super({
      message: `there is no ${entityOf(code)} ${quote(id)}`,
      help: `Check the id, or create the ${entityOf(code)} first.`,
    });
    this.code = code;
    this.id = id;
  }
}

/** The command would create something under an id that is taken. */
export class EntityExistsError extends DomainError {
  readonly code: ExistsCode;
  readonly id: string;

  constructor(code: ExistsCode, id: string) {
    super({
      message: `there is ${withArticle(entityOf(code))} ${quote(id)} already`,
      help: `Give each ${entityOf(code)} an id of its own.`,
    });
    this.code = code;
    this.id = id;
  }
}

/** The customer was erased: nothing can be done for them any more, and the id is never given again. */
export class CustomerErasedError extends DomainError {
  readonly code = 'customer_erased';
  readonly customerId: string;

  constructor(customerId: string) {
    super({
      message: `customer ${quote(customerId)} was erased`,
      help: 'Register them anew, under another id.',
    });
    this.customerId = customerId;
  }
}

/** The order, or one of its line items, is not in a status that allows the command. */
export class WrongStatusError extends DomainError {
  readonly code: 'wrong_order_status' | 'wrong_line_item_status';
  readonly id: string;

  constructor(code: WrongStatusError['code'], id: string, { message, help }: AppErrorOptions) {
    super({ message, help });
    this.code = code;
    this.id = id;
  }
}

/** Two line items of one order have the same id. */
export class DuplicateLineItemError extends DomainError {
  readonly code = 'duplicate_line_item';
  readonly lineItemId: string;

  constructor(orderId: string, lineItemId: string) {
    super({
      message: `order ${quote(orderId)} has the line item ${quote(lineItemId)} twice`,
      help: 'Give each line item of an order an id of its own.',
    });
    this.lineItemId = lineItemId;
  }
}

/** Amounts in different currencies can neither be added nor compared. */
export class CurrencyMismatchError extends DomainError {
  readonly code = 'currency_mismatch';
  readonly currencies: readonly [string, string];

  constructor(what: string, currencies: readonly [string, string], help: string) {
    super({ message: `${what} would mix ${currencies[0]} and ${currencies[1]}`, help });
    this.currencies = currencies;
  }
}

/** The sum is past what a number can hold to the last cent. */
export class TotalTooLargeError extends DomainError {
  readonly code = 'total_too_large';

  constructor(orderId: string) {
    super({
      message: `the total of order ${quote(orderId)} is too large to be exact`,
      help: `Keep it below ${Number.MAX_SAFE_INTEGER} minor units.`,
    });
  }
}

/** A value of the command is missing or not what it has to be. */
export class InvalidCommandError extends DomainError {
  readonly code = 'invalid_command';
  /** Where it is, such as `data.lineItems.0.quantity`. */
  readonly field: string;

  constructor(field: string, { message, help }: AppErrorOptions) {
    super({ message, help });
    this.field = field;
  }
}

/** No service has such a command. */
export class UnknownCommandError extends DomainError {
  readonly code = 'unknown_command';
}

const entityOf = (code: UnknownCode | ExistsCode): Entity =>
  code.replace(/^unknown_|_exists$/, '').replace('_', ' ') as Entity;

const withArticle = (entity: Entity): string => (entity === 'order' ? `an ${entity}` : `a ${entity}`);
