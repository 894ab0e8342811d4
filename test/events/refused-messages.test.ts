import { expect, test } from 'vitest';
import { InvalidMessageError, parseMessage, shopEvents } from '../../src/events/index.ts';
import { eventMaker } from '../support/events.ts';

const fitting = eventMaker().registered('kim');

/** What is refused, and why; the test fails when nothing is. */
function refusalOf(input: unknown): InvalidMessageError {
  try {
    parseMessage(shopEvents, input);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InvalidMessageError);
    return thrown as InvalidMessageError;
  }
  throw new Error('it was accepted');
}

test.each(['CustomerVanished', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a message of the unknown type %s is refused, and the known types are named',
  (type) => {
    const refusal = refusalOf({ ...fitting, type });

    expect(refusal.code).toBe('unknown_message_type');
    expect(refusal.message).toBe(`no message is of type "${type}"`);
    expect(refusal.help).toContain('CustomerRegistered, ProductAdded');
  },
);

test.each([3, 99])('version %d is refused when only versions 1 and 2 are known', (schemaVersion) => {
  const refusal = refusalOf({ ...fitting, schemaVersion });

  expect(refusal.code).toBe('unknown_schema_version');
  expect(refusal.message).toBe(`CustomerRegistered has no schema version ${schemaVersion}`);
  expect(refusal.help).toContain('versions 1 to 2');
});

test.each([0, -1, 1.5, '1', null])('%j is no version at all', (schemaVersion) => {
  const refusal = refusalOf({ ...fitting, schemaVersion });

  expect(refusal.code).toBe('invalid_message');
  expect(refusal.message).toContain('schemaVersion: ');
});

test.each(['id', 'type', 'source', 'subject', 'time', 'correlationId', 'causationId'])(
  'a message with an empty or missing %s is refused',
  (attribute) => {
    for (const value of ['', undefined, 42, { toString: 1 }]) {
      const refusal = refusalOf({ ...fitting, [attribute]: value });

      expect(refusal.code).toBe('invalid_message');
      expect(refusal.message).toContain(`the envelope of a message does not fit its schema: ${attribute}: `);
    }
  },
);

test.each(['yesterday', '2026-03-02', '2026-13-02T10:00:00Z', '2026-03-02T10:00:00'])(
  '%s is no time of a message',
  (time) => {
    expect(refusalOf({ ...fitting, time }).message).toContain('time: ');
  },
);

test.each([undefined, null, 'text', 42, [], {}])('%j is no message', (input) => {
  expect(refusalOf(input).code).toBe('invalid_message');
});

test.each([undefined, null, 'kim', ['kim']])('%j is no data', (data) => {
  const refusal = refusalOf({ ...fitting, data });

  expect(refusal.code).toBe('invalid_message');
  expect(refusal.message).toContain('CustomerRegistered version 2 does not fit its schema: ');
});

test('keys that would reach a prototype are dropped', () => {
  const data = JSON.parse('{"customerId":"kim","profile":null,"__proto__":{"isAdmin":true},"constructor":1}');

  const message = parseMessage(shopEvents, { ...fitting, data });

  expect(message.data).toEqual({ customerId: 'kim', profile: null });
  expect((message.data as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});
