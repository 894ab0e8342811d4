import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathInWords, repeatedMembers } from '../../src/kernel/index.ts';

const found = (text: string): string[] => repeatedMembers(text).map(pathInWords);

test.each([
  ['{"a":1,"a":2}', ['a']],
  ['{"a":{"b":1,"c":[],"b":2}}', ['a.b']],
  ['[{"a":1},{"a":1,"b":0,"a":2}]', ['[1].a']],
  ['{"list":[[],{"x":1},{"y":{"z":1,"z":1}}],"list":0}', ['list[2].y.z', 'list']],
  ['{"a":1,"\\u0061":2}', ['a']],
  ['{"\\"":1,"\\"":2}', ['…']],
  ['{"a":1,"a":2,"a":3}', ['a', 'a']],
])('in %s a member is there twice', (text, members) => {
  expect(found(text)).toEqual(members);
});

test('what stands in a text, in a list, or once in each of two objects is no repetition', () => {
  expect(found('[{"a":"{\\"b\\":1,\\"b\\":2}"},{"a":["a","a"]},"a",{"b":{"a":"a"}}]')).toEqual([]);
});

test('no value that a program wrote has one', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(repeatedMembers(JSON.stringify(JSON.parse(text)))).toEqual([]);
    }),
  );
});

test('a member that is put in a second time is found, wherever', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, which) => {
      const names = Object.keys(object);
      const name = names[which % names.length] ?? '';
      const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:0}`;

      expect(repeatedMembers(text)).toEqual([[name]]);
    }),
  );
});
