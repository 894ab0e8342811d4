import { expect, test } from 'vitest';
import { AppError, InputError, messageOf } from '../../src/kernel/index.ts';

class StockError extends AppError {
  readonly code = 'out_of_stock';
}

test('an error has the name of its class, a code, a message, and help', () => {
  const error = new StockError({ message: 'no helmet is left', help: 'Order some.' });

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'StockError',
    code: 'out_of_stock',
    message: 'no helmet is left',
    help: 'Order some.',
  });
});

test('an error keeps its cause, and has none when none is given', () => {
  const cause = new Error('disk full');

  expect(new StockError({ message: 'm', help: 'h', cause }).cause).toBe(cause);
  expect('cause' in new StockError({ message: 'm', help: 'h' })).toBe(false);
});

test('bad input has a code of its own', () => {
  expect(new InputError({ message: 'm', help: 'h' })).toMatchObject({
    name: 'InputError',
    code: 'bad_input',
  });
});

const withMessage = (message: unknown): Error => Object.assign(new Error(), { message });

test.each([
  { thrown: new Error('disk full'), message: 'disk full' },
  { thrown: new Error('first line  \r\n   second line\n'), message: 'first line second line' },
  { thrown: 'a text', message: 'a text' },
  { thrown: undefined, message: 'undefined' },
  { thrown: null, message: 'null' },
  { thrown: 42, message: '42' },
  { thrown: Symbol('s'), message: 'Symbol(s)' },
  { thrown: withMessage(['not', 'a text']), message: 'not,a text' },
  { thrown: Object.create(null), message: 'something without a text was thrown' },
])('whatever is thrown has a message in one line: $message', ({ thrown, message }) => {
  expect(messageOf(thrown)).toBe(message);
});
