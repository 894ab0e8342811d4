import type { commandSchemas } from '../services/index.ts';

type Service = keyof typeof commandSchemas;

export interface CommandRoute {
  readonly path: string;
  readonly service: Service;
  readonly command: string;
  readonly summary: string;
  /** Of the answer; 201 where something new has an id. */
  readonly status?: 200 | 201;
  /** Done twice it does more than done once. Left out: it is refused the second time, or changes nothing. */
  readonly addsUp?: boolean;
  readonly problems: Readonly<Record<number, readonly string[]>>;
}

const customer = { 404: ['unknown_customer'], 409: ['customer_erased'] };
const unknownOrder = { 404: ['unknown_order'] };
const order = { ...unknownOrder, 409: ['wrong_order_status'] };

/** Which path gives which command; what stands in the path joins the body. */
export const commandRoutes: readonly CommandRoute[] = [
  {
    path: '/v1/customers',
    service: 'accounts',
    command: 'registerCustomer',
    summary: 'Register a customer',
    status: 201,
    problems: { 409: ['customer_exists'] },
  },
  {
    path: '/v1/customers/{customerId}/cart-items',
    service: 'ordering',
    command: 'addCartItem',
    summary: 'Put a product into the cart',
    addsUp: true,
    problems: { ...customer, 404: ['unknown_customer', 'unknown_product'] },
  },
  {
    path: '/v1/customers/{customerId}/contact',
    service: 'accounts',
    command: 'updateContact',
    summary: 'Change how a customer is reached',
    problems: customer,
  },
  {
    path: '/v1/customers/{customerId}/preferences',
    service: 'accounts',
    command: 'updatePreferences',
    summary: 'Switch categories on and off, by channel',
    problems: customer,
  },
  {
    path: '/v1/customers/{customerId}/quiet-hours',
    service: 'accounts',
    command: 'setQuietHours',
    summary: 'Set when a customer is left in peace',
    problems: customer,
  },
  {
    path: '/v1/customers/{customerId}/unsubscriptions',
    service: 'accounts',
    command: 'unsubscribe',
    summary: 'Switch one category off',
    problems: customer,
  },
  {
    path: '/v1/customers/{customerId}/erasure',
    service: 'accounts',
    command: 'eraseCustomer',
    summary: 'Erase who a customer is',
    problems: { 404: ['unknown_customer'] },
  },
  {
    path: '/v1/products',
    service: 'pricing',
    command: 'addProduct',
    summary: 'Add a product',
    status: 201,
    problems: { 409: ['product_exists'] },
  },
  {
    path: '/v1/products/{productId}/price',
    service: 'pricing',
    command: 'updatePrice',
    summary: 'Set the price of a product',
    problems: { 404: ['unknown_product'], 422: ['currency_mismatch'] },
  },
  {
    path: '/v1/promotions',
    service: 'promotions',
    command: 'activatePromotion',
    summary: 'Begin a promotion for some segments',
    status: 201,
    problems: { 409: ['promotion_exists'] },
  },
  {
    path: '/v1/orders',
    service: 'ordering',
    command: 'placeOrder',
    summary: 'Place an order',
    status: 201,
    problems: {
      404: ['unknown_customer', 'unknown_product'],
      409: ['order_exists', 'customer_erased'],
      422: ['duplicate_line_item', 'currency_mismatch', 'total_too_large'],
    },
  },
  {
    path: '/v1/orders/{orderId}/shipments',
    service: 'ordering',
    command: 'shipOrder',
    summary: 'Ship the whole order',
    problems: order,
  },
  {
    path: '/v1/orders/{orderId}/line-items/{lineItemId}/shipments',
    service: 'ordering',
    command: 'shipLineItem',
    summary: 'Ship one item of an order',
    problems: {
      404: ['unknown_order', 'unknown_line_item'],
      409: ['wrong_order_status', 'wrong_line_item_status'],
    },
  },
  {
    path: '/v1/orders/{orderId}/deliveries',
    service: 'ordering',
    command: 'deliverOrder',
    summary: 'Note that the order has arrived',
    problems: order,
  },
  {
    path: '/v1/orders/{orderId}/cancellations',
    service: 'ordering',
    command: 'cancelOrder',
    summary: 'Cancel an order that has not shipped',
    problems: order,
  },
  {
    path: '/v1/orders/{orderId}/payments',
    service: 'billing',
    command: 'receivePayment',
    summary: 'Note a payment',
    status: 201,
    problems: { ...unknownOrder, 409: ['payment_exists'] },
  },
  {
    path: '/v1/orders/{orderId}/failed-payments',
    service: 'billing',
    command: 'failPayment',
    summary: 'Note a payment that has failed',
    status: 201,
    problems: { ...unknownOrder, 409: ['payment_exists'] },
  },
];
