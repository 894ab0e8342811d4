import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/authentication/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const secret = 'my secret, which nobody should see';
const register = `2026-03-02T10:00:00Z,register,ada@example.com,"${secret}",,,,`;
const login = `2026-03-02T10:05:00Z,login,ada@example.com,"${secret}",123456,laptop,GB,`;

function read(text: string) {
  const file = temporaryFile('people.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

const withCell = (from: string, to: string, row = login): string =>
  `${header}\n${register}\n${row.replace(from, to)}\n`;

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,action\nx,y\n', /line 1: it lacks the column email, password/],
  ['a column twice', `${header},code\n${login},x\n`, /line 1: it has the column code twice/],
  ['a row too short', `${header}\n${login}\nx\n`, /line 3: it has 1 columns and the first row 8/],
  ['a row too long', `${header}\n${login},more\n`, /line 2: it has 9 columns/],
  ['a cell too long', withCell(secret, 'a'.repeat(1001)), /line 3: column 4 has more than 1000/],
  ['a wrong time', withCell('2026-03-02T10:05:00Z', 'noon'), /line 3: at is no time.*"noon"/],
  ['a time before the story', withCell('2026', '2025'), /line 3: at is no time in UTC from 2026-03-02T10/],
  ['a wrong action', withCell('login', 'enter'), /line 3: action is none of register, link.*"enter"/],
  ['no address', withCell('ada@example.com', ''), /line 3: email is empty/],
  ['no password', withCell(`"${secret}"`, ''), /line 3: password of login is empty/],
  ['a code of letters', withCell('123456', 'abcdef'), /line 3: code is neither six digits nor app$/],
  ['a device in words', withCell('laptop', 'my laptop'), /line 3: device is no word of letters.*"my laptop"/],
  ['a country in words', withCell('GB', 'Britain'), /line 3: country is no code of a country.*"Britain"/],
  ['a password where none is due', withCell('login', 'use'), /line 3: password of use is not empty$/],
  [
    'a new password where none is due',
    withCell('GB,', `GB,"${secret}"`),
    /line 3: new_password of login is not empty$/,
  ],
  [
    'a link that nobody has got',
    `${header}\n2026-03-02T10:05:00Z,link,ben@example.com,,,,,\n${register}\n`,
    /row 1: nobody has registered as "ben@example.com" before/,
  ],
  [
    'a link before its mail',
    `${header}\n2026-03-02T10:00:01Z,register,ada@example.com,"${secret}",,,,\n2026-03-02T10:00:00Z,link,ada@example.com,,,,,\n`,
    /row 2: nobody has registered/,
  ],
])('%s is refused in one line that says where, and shows no password', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
  expect(JSON.stringify(refused) + (refused as InputError).message).not.toContain('secret');
});

test('columns may stand in any order, and among others', async () => {
  const [row] = await read(
    'note,new_password,country,device,code,password,email,action,at\nx,,GB,laptop,app,p,ada@example.com,login,2026-03-02T10:05:00Z\n',
  );

  expect(row).toEqual({
    atMs: Date.parse('2026-03-02T10:05:00Z'),
    action: 'login',
    email: 'ada@example.com',
    password: 'p',
    code: 'app',
    device: 'laptop',
    country: 'GB',
    newPassword: '',
  });
});
