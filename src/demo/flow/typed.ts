import { InputError } from '../../kernel/index.ts';
import type { AskedForm, FlowEntry, TypedForm } from '../../pipeline-runtime/index.ts';
import { wordsOf } from '../words.ts';

/** What a line means. */
export type Typed =
  | { readonly is: 'nothing' | 'help' | 'quit' | 'report' | 'next' }
  | { readonly is: 'show'; readonly id: string | undefined }
  | { readonly is: 'wait'; readonly ms: number }
  | { readonly is: 'ask'; readonly asked: AskedForm; readonly words: readonly string[] }
  | { readonly is: 'event'; readonly entries: readonly FlowEntry[] };

/** What may be typed in every flow. */
export const alwaysTyped: readonly (readonly [form: string, does: string])[] = [
  ['+10m', 'lets so much time pass: ms, s, m, h or d'],
  ['next', 'lets time pass until something is due'],
  ['show [NAME]', 'what is known of one; left out, who there is'],
  ['report', 'what has become of it until now'],
  ['help', 'this'],
  ['quit', 'leaves, as Ctrl-D does'],
];

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const simple = ['help', 'quit', 'report', 'next'] as const;

/** What may be typed in one flow. */
export interface Forms {
  readonly typed: readonly TypedForm[];
  readonly asked: readonly AskedForm[];
}

/**
 * Reads a line that a person has typed. Its first word may be written in capitals.
 * @throws {InputError} it makes no sense.
 */
export function readTyped(
  line: string,
  { typed, asked }: Forms,
  at: { readonly nowMs: number; readonly number: number },
): Typed {
  const [word, ...words] = wordsOf(line);
  if (word === undefined) return { is: 'nothing' };
  const first = word.toLowerCase();
  const wait = /^\+(\d{1,6})(ms|s|m|h|d)$/.exec(first);
  if (wait !== null) return { is: 'wait', ms: Number(wait[1]) * units[wait[2] as keyof typeof units] };
  if (first.startsWith('+'))
    throw new InputError({
      message: `${JSON.stringify(word)} is no time`,
      help: 'Such as: +30s, +10m, +7d.',
    });
  const known = simple.find((each) => each === first);
  if (known !== undefined) return { is: known };
  if (first === 'show') return { is: 'show', id: words[0] };
  const isFirst = ({ form }: Pick<TypedForm, 'form'>): boolean => nameOf(form) === first;
  const question = asked.find(isFirst);
  if (question !== undefined) {
    checkWords(question.form, words);
    return { is: 'ask', asked: question, words };
  }
  const form = typed.find(isFirst);
  if (form === undefined)
    throw new InputError({
      message: `there is no ${JSON.stringify(word)} to type`,
      help: `Known: ${[...[...typed, ...asked].map((each) => nameOf(each.form)), '+10m', 'next', 'show', ...simple.slice(0, 3)].join(', ')}.`,
    });
  checkWords(form.form, words);
  return { is: 'event', entries: form.read(words, at) };
}

const nameOf = (form: string): string => form.split(' ')[0] ?? '';

/** As many as the form has, or fewer where some may be left out. */
function checkWords(form: string, words: readonly string[]): void {
  const [, ...places] = form.split(' ');
  const missing = places[words.length];
  if (missing !== undefined && !missing.startsWith('['))
    throw new InputError({ message: `${missing} is missing`, help: `Such as: ${form}.` });
  if (words.length > places.length)
    throw new InputError({
      message: `there is more than is asked for: ${JSON.stringify(words.slice(places.length).join(' '))}`,
      help: `Such as: ${form}; put what has spaces in quotes.`,
    });
}
