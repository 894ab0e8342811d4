import { describe, expect, test } from 'vitest';
import { execute, parseCommand } from '../../src/services/index.ts';
import { facts, kim, openShop } from './shop.ts';

const register = { service: 'accounts', command: 'registerCustomer', data: kim };
const addCartItem = (data: unknown) => ({ service: 'ordering', command: 'addCartItem', data });
const cartItem = { customerId: 'kim', productId: 'bell', quantity: 1 };

test('a command is checked, then given to its service', async () => {
  const shop = openShop();

  await execute(shop.services, parseCommand(register));

  expect(facts(shop)).toMatchObject([{ type: 'CustomerRegistered', data: { customerId: 'kim' } }]);
});

test('keys that nobody knows are dropped, wherever they are', () => {
  const wordy = { ...addCartItem({ ...cartItem, colour: 'red' }), at: '2016-05-01', source: 'export 7' };

  expect(parseCommand(wordy)).toEqual(addCartItem(cartItem));
});

describe('what is no command is refused with one line that names the field', () => {
  const price = { amount: 1, currency: 'USD' };
  const refused: readonly [input: unknown, code: string, message: string][] = [
    [null, 'invalid_command', 'the command must be an object with service, command and data'],
    [[register], 'invalid_command', 'the command must be an object with service, command and data'],
    [{ command: 'shipOrder' }, 'invalid_command', 'service must be the name of a service'],
    [{ service: 'ordering' }, 'invalid_command', 'command must be the name of a command'],
    [{ service: 'shipping', command: 'ship' }, 'unknown_command', 'there is no service "shipping"'],
    [{ service: 'toString', command: 'call' }, 'unknown_command', 'there is no service "toString"'],
    [{ service: 'ordering', command: 'eat' }, 'unknown_command', 'ordering has no command "eat"'],
    [{ service: 'ordering', command: 'shipOrder' }, 'invalid_command', 'ordering.shipOrder: data is missing'],
    [addCartItem([]), 'invalid_command', 'ordering.addCartItem: data must be an object'],
    [
      addCartItem({ ...cartItem, customerId: 7 }),
      'invalid_command',
      'ordering.addCartItem: data.customerId must be a text',
    ],
    [
      addCartItem({ quantity: 1.5 }),
      'invalid_command',
      'ordering.addCartItem: data.customerId is missing (and 2 more)',
    ],
    [
      addCartItem({ ...cartItem, quantity: '2' }),
      'invalid_command',
      'ordering.addCartItem: data.quantity must be a whole number, 1 or more',
    ],
    [
      {
        service: 'pricing',
        command: 'updatePrice',
        data: { productId: 'p', price: { ...price, amount: 34.99 } },
      },
      'invalid_command',
      'pricing.updatePrice: data.price.amount must be a whole number of minor units, 3499 for 34.99',
    ],
    [
      {
        service: 'pricing',
        command: 'updatePrice',
        data: { productId: 'p', price: { ...price, currency: '$' } },
      },
      'invalid_command',
      'pricing.updatePrice: data.price.currency must be an ISO 4217 code, such as USD',
    ],
    [
      { ...register, data: { ...kim, segment: 'vip' } },
      'invalid_command',
      'accounts.registerCustomer: data.segment must be one of standard, silver, gold, platinum',
    ],
  ];

  test.each(refused)('%j', (input, code, message) => {
    expect(() => parseCommand(input)).toThrow(
      expect.objectContaining({ code, message, help: expect.any(String) }),
    );
  });
});

test('an unknown command is answered with those that there are', () => {
  expect(() => parseCommand({ service: 'billing', command: 'refund' })).toThrow(
    expect.objectContaining({ help: 'Use one of failPayment, receivePayment.' }),
  );
});

test.each([
  ['at the top', '{"__proto__":{},"service":"ordering","command":"shipOrder","data":{"orderId":"o"}}'],
  ['in the data', '{"service":"ordering","command":"shipOrder","data":{"orderId":"o","__proto__":{"a":1}}}'],
  [
    'under an unknown key',
    '{"service":"ordering","command":"shipOrder","data":{"orderId":"o","x":[{"__proto__":1}]}}',
  ],
  [
    'spelled with escapes',
    '{"service":"ordering","command":"shipOrder","data":{"orderId":"o","\\u005f_proto__":1}}',
  ],
])('a __proto__ key %s is refused', (_where, json) => {
  expect(() => parseCommand(JSON.parse(json))).toThrow(
    expect.objectContaining({ code: 'invalid_command', message: '__proto__ must not be used as a key' }),
  );
});

test('data that is nested a hundred thousand deep is refused like any other', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const input: unknown = JSON.parse(`{"service":"ordering","command":"shipOrder","data":${deep}}`);

  expect(() => parseCommand(input)).toThrow('ordering.shipOrder: data must be an object');
});

test('a message shows what came from outside on one short line, and steers no terminal', () => {
  const service = `\u001b[31mred\nalert\u202e${'x'.repeat(500)}`;

  expect(() => parseCommand({ service, command: 'c' })).toThrow(
    /^there is no service "\\u001b\[31mred\\nalert\\u\{202e\}x{1,60}…"$/,
  );
});
