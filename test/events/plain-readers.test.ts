import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { asksSchema, plainReader, unfit } from '../../src/events/plain-reader.ts';
import { etlMessages } from '../../src/flows/etl/messages.ts';
import { iotMessages } from '../../src/flows/iot/messages.ts';

const everyKind = z.object({
  name: z.string(),
  word: z
    .string()
    .regex(/^[a-z]+$/)
    .min(2)
    .max(4),
  count: z.int().nonnegative(),
  share: z.number().gt(0).lte(1),
  less: z.number().gte(-1).lt(1),
  isNew: z.boolean(),
  kind: z.enum(['one', 'two']),
  mark: z.literal('x'),
  place: z.string().nullable(),
  tags: z.array(z.string().min(1)).min(1).max(3).readonly(),
  sums: z.record(z.string(), z.object({ rides: z.int() })),
});

const fitting = fc.record({
  name: fc.string(),
  word: fc.constantFrom('ab', 'abcd'),
  count: fc.nat(),
  share: fc.constantFrom(0.1, 1),
  less: fc.constantFrom(-1, 0.5),
  isNew: fc.boolean(),
  kind: fc.constantFrom('one', 'two'),
  mark: fc.constant('x'),
  place: fc.option(fc.string()),
  tags: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
  sums: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.record({ rides: fc.integer(), more: fc.boolean() }),
    { noNullPrototype: true },
  ),
  unknown: fc.anything(),
});
const member = fc.constantFrom(...Object.keys(everyKind.shape));
const odd = fc.oneof(
  fc.constantFrom('', 'a', 'abcde', 'AB', 0, -1, 1, 1.5, 2, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60),
  fc.constantFrom(undefined, null, [], [''], ['a', 'b', 'c', 'd'], {}, { a: { rides: 0.5 } }, new Map()),
  fc.anything(),
);
const anyData = fc.oneof(
  fitting,
  fc.tuple(fitting, member, odd).map(([data, name, value]): unknown => ({ ...data, [name]: value })),
  fc.tuple(fitting, member).map(([{ ...data }, name]): unknown => {
    Reflect.deleteProperty(data, name);
    return data;
  }),
  fc.anything(),
);

test('a plain reader gives what the schema gives, in its order, and for what is not in order nothing', () => {
  const read = plainReader(everyKind);
  fc.assert(
    fc.property(anyData, (data) => {
      const { success, data: parsed } = everyKind.safeParse(data);
      const given = read(data);
      expect(given === unfit).toBe(!success);
      if (!success) return;
      expect(given).toStrictEqual(parsed);
      expect(JSON.stringify(given)).toBe(JSON.stringify(parsed));
      expect(Object.isFrozen((given as { tags: unknown }).tags)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('what it gives is not what it was given: to freeze the one leaves the other as it was', () => {
  const given = { rides: { north: { rides: 1 } }, tags: ['new'] };
  const schema = z.object({
    rides: z.record(z.string(), z.object({ rides: z.int() })),
    tags: z.array(z.string()),
  });

  const read = plainReader(schema)(given) as typeof given;

  expect(read).toEqual(given);
  expect([read === given, read.rides === given.rides, read.rides.north === given.rides.north]).toEqual([
    false,
    false,
    false,
  ]);
  expect(read.tags).not.toBe(given.tags);
});

test.each([
  ['a rule of its own', z.string().refine((text) => text !== 'no')],
  ['a text that is changed', z.string().trim()],
  ['a format', z.uuid()],
  ['a member that may be absent', z.object({ name: z.string().optional() })],
  ['one or the other', z.union([z.string(), z.int()])],
  ['a transformation', z.string().transform(Number)],
  ['a default', z.object({ count: z.int().default(1) })],
  ['no further members', z.strictObject({ name: z.string() })],
  ['a multiple', z.number().multipleOf(2)],
  ['what is made into a number', z.coerce.number()],
  ['anything', z.unknown()],
  ['a pattern that remembers', z.string().regex(/a/g)],
  ['a rule on an object', z.object({ name: z.string() }).refine(() => false)],
  ['certain names', z.record(z.enum(['one']), z.int())],
])('a schema with %s is asked itself', (_, schema) => {
  expect(plainReader(schema)).toBe(asksSchema);
});

test('a schema that holds itself is asked itself', () => {
  const tree = z.object({
    name: z.string(),
    get parts() {
      return z.array(tree);
    },
  });

  expect(plainReader(tree)).toBe(asksSchema);
});

test('the messages that come by the thousand are of the plain kinds', () => {
  const schemas = [...Object.values(iotMessages), ...Object.values(etlMessages)].map(
    ({ versions: [schema] }) => schema,
  );

  expect(schemas.filter((schema) => plainReader(schema) === asksSchema)).toEqual([]);
});
