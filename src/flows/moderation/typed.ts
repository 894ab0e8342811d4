import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';
import { actions } from './messages.ts';

type Typed = Partial<Parameters<typeof rowOf>[0]>;

const formOf = (
  form: string,
  does: string,
  said: (words: readonly string[], number: number) => Typed,
): TypedForm => ({
  form,
  does,
  read(words, { nowMs, number }) {
    const blank = { who: '', does: '', content_id: '', reach: '1', score: '', text: '' };
    const row = rowOf({ ...blank, at: new Date(nowMs).toISOString(), ...said(words, number) });
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

/** What a person may say at the desk. */
export const typedRows: readonly TypedForm[] = [
  formOf(
    'post WHO TEXT [REACH]',
    'a text, in quotes, which the model of the example judges',
    ([who = '', text = '', reach = '100'], number) => ({
      does: 'post',
      who,
      text,
      reach,
      content_id: `c${number}`,
    }),
  ),
  ...actions.map((action) =>
    formOf(
      `${action} WHO [CONTENT] [REASON]`,
      `a person decides: what stands first in the queue, or CONTENT`,
      ([who = '', content_id = '', text = '']) => ({
        does: action,
        who,
        content_id,
        text,
      }),
    ),
  ),
  formOf('appeal WHO CONTENT', 'its author complains', ([who = '', content_id = '']) => ({
    does: 'appeal',
    who,
    content_id,
  })),
  formOf('restore WHO CONTENT', 'a person decides for the author', ([who = '', content_id = '']) => ({
    does: 'restore',
    who,
    content_id,
  })),
  formOf('uphold WHO CONTENT', 'a person decides against the author', ([who = '', content_id = '']) => ({
    does: 'uphold',
    who,
    content_id,
  })),
];
