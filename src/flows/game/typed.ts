import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';

type Typed = Partial<Parameters<typeof rowOf>[0]>;

const formOf = (form: string, does: string, said: (words: readonly string[]) => Typed): TypedForm => ({
  form,
  does,
  read(words, { nowMs, number }) {
    const at = new Date(nowMs).toISOString();
    const blank = { player_id: '', match_id: 'm1', seq: String(number), does: '', metres: '', by: '' };
    const row = rowOf({ ...blank, at, ...said(words) });
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

/** What may be said in the wood. */
export const typedActions: readonly TypedForm[] = [
  formOf('collect PLAYER', 'an acorn', ([player_id = '']) => ({ does: 'collect', player_id })),
  formOf('golden PLAYER', 'the golden acorn', ([player_id = '']) => ({ does: 'golden', player_id })),
  formOf('move PLAYER METRES', 'a run to there, at 12 m/s at most', ([player_id = '', metres = '']) => ({
    does: 'move',
    player_id,
    metres,
  })),
  formOf('clear PLAYER WHO', 'a person has looked, and all is well', ([player_id = '', by = '']) => ({
    does: 'clear',
    player_id,
    by,
  })),
  formOf('ban PLAYER WHO', 'a person has looked, and it is not', ([player_id = '', by = '']) => ({
    does: 'ban',
    player_id,
    by,
  })),
];
