import { fileURLToPath } from 'node:url';
import { mailboxOf } from '../../datastore/index.ts';
import { InputError, type Random, readTable } from '../../kernel/index.ts';
import type { FlowInput } from '../../pipeline-runtime/index.ts';
import { generated } from './load.ts';
import { type AuthRow, actions } from './row.ts';

export const columns = [
  'at',
  'action',
  'email',
  'password',
  'code',
  'device',
  'country',
  'new_password',
] as const;
export const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly AuthRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random, beginsAtMs);
  const file = input.kind === 'file' ? input.file : sample;
  const rows = await readTable<Column, AuthRow>(file, { columns, rowOf });
  refuseLinksOfNobody(file, rows);
  return rows;
}

function refuseLinksOfNobody(file: string, rows: readonly AuthRow[]): void {
  const registered = new Set<string>();
  const inOrder = rows
    .map((row, index) => ({ ...row, number: index + 1 }))
    .filter(({ action }) => action === 'register' || action === 'link')
    .sort((one, other) => one.atMs - other.atMs);
  for (const { action, email, number } of inOrder) {
    const mailbox = mailboxOf(email);
    if (action === 'register') registered.add(mailbox);
    if (registered.has(mailbox)) continue;
    throw new InputError({
      message: `${JSON.stringify(file)} row ${number}: nobody has registered as ${JSON.stringify(email)} before, so that no mail has a link`,
      help: 'Put a row with register before it.',
    });
  }
}

type Column = (typeof columns)[number];

/** The columns that an action fills; those in brackets may be empty. */
const filled: Readonly<Record<AuthRow['action'], readonly string[]>> = {
  register: ['password'],
  link: [],
  login: ['password', '[code]', 'device', 'country'],
  enrol: ['code', 'device'],
  use: ['device'],
  logout: ['device'],
  password: ['password', '[code]', 'device', 'country', 'new_password'],
};
const secret: readonly Column[] = ['password', 'code', 'new_password'];
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

const forms: readonly (readonly [Column, RegExp, what: string])[] = [
  ['code', /^(\d{6}|app)$/, 'neither six digits nor app'],
  ['device', /^[\w.-]{1,64}$/, 'no word of letters, digits, "_", "-" and "."'],
  ['country', /^[A-Z]{2}$/, 'no code of a country such as GB'],
];

/** What is wrong is never shown where it may be somebody's password. */
export function rowOf(cells: Readonly<Record<Column, string>>): AuthRow | string {
  const { at, email, password, code, device, country, new_password: newPassword } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (!(atMs >= beginsAtMs))
    return `at is no time in UTC from 2026-03-02T10:00:00Z on: ${JSON.stringify(at)}`;
  const action = actions.find((each) => each === cells.action);
  if (action === undefined) return `action is none of ${actions.join(', ')}: ${JSON.stringify(cells.action)}`;
  if (email.trim() === '') return 'email is empty';
  const quoted = (column: Column): string =>
    secret.includes(column) ? '' : `: ${JSON.stringify(cells[column])}`;
  for (const column of columns.slice(3)) {
    const isFilled = filled[action].includes(column);
    const isOptional = filled[action].includes(`[${column}]`);
    if (isFilled && cells[column] === '') return `${column} of ${action} is empty`;
    if (!isFilled && !isOptional && cells[column] !== '')
      return `${column} of ${action} is not empty${quoted(column)}`;
  }
  for (const [column, form, what] of forms)
    if (cells[column] !== '' && !form.test(cells[column])) return `${column} is ${what}${quoted(column)}`;
  return { atMs, action, email, password, code, device, country, newPassword };
}
