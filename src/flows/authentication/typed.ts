import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import type { Door } from './door.ts';
import { type columns, rowOf } from './input.ts';
import type { AuthRow } from './row.ts';

type Cells = Partial<Record<(typeof columns)[number], string>>;

/** What a person may say at the door. */
export function typedSteps(door: Door): readonly TypedForm[] {
  const formOf = (
    action: AuthRow['action'],
    places: string,
    { does, cells }: { readonly does: string; cells(words: readonly string[]): Cells },
  ): TypedForm => ({
    form: `${action} ${places}`,
    does,
    read(words, { nowMs, number }) {
      const empty = { password: '', code: '', device: '', country: '', new_password: '' };
      const said = { at: new Date(nowMs).toISOString(), action, email: words[0] ?? '', ...cells(words) };
      const row = rowOf({ ...empty, ...said });
      if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
      const entry = door.entryOf(row, `line ${number}`);
      if (entry !== null) return [entry];
      throw new InputError({
        message: `nobody has registered as ${JSON.stringify(row.email)} since this was started`,
        help: 'Register first: the link is in the mail.',
      });
    },
  });
  return [
    formOf('register', 'EMAIL PASSWORD', {
      does: 'such as ada@example.com "correct horse battery staple"',
      cells: ([, password = '']) => ({ password }),
    }),
    formOf('link', 'EMAIL', { does: 'follows the link in the latest mail', cells: () => ({}) }),
    formOf('login', 'EMAIL PASSWORD [CODE] [DEVICE] [COUNTRY]', {
      does: 'from laptop and GB; the code: six digits, app for what the app shows, or - for none',
      cells: ([, password = '', code = '-', device = 'laptop', country = 'GB']) => ({
        ...{ password, device, country },
        code: codeOf(code),
      }),
    }),
    formOf('enrol', 'EMAIL [DEVICE] [CODE]', {
      does: 'takes a phone as second factor, from an open session',
      cells: ([, device = 'laptop', code = 'app']) => ({ device, code }),
    }),
    formOf('use', 'EMAIL [DEVICE]', {
      does: 'does something in a session',
      cells: ([, device = 'laptop']) => ({ device }),
    }),
    formOf('logout', 'EMAIL [DEVICE]', {
      does: 'ends it',
      cells: ([, device = 'laptop']) => ({ device }),
    }),
    formOf('password', 'EMAIL OLD NEW [CODE]', {
      does: 'has another password from now on',
      cells: ([, password = '', newPassword = '', code = '-']) => ({
        ...{ password, new_password: newPassword, device: 'laptop', country: 'GB' },
        code: codeOf(code),
      }),
    }),
  ];
}

const codeOf = (typed: string): string => (typed === '-' ? '' : typed);
