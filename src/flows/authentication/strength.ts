import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { lengthOf, preparedPassword } from './passwords.ts';
import { policy } from './policy.ts';

/** What is wrong with a password; null: nothing. */
export type Weakness = 'too_short' | 'too_long' | 'weak_password' | null;

/** Tells what is wrong with a password, in the eyes of who knows the address that it belongs to. */
export type WeaknessOf = (password: string, email: string) => Promise<Weakness>;

/**
 * Guesses as an attacker would. Its dictionaries take half a second to load, and are loaded for the first password. It looks at the
 * beginning only and for few spellings in digits: all of a long one would stop everything for seconds.
 */
export function zxcvbnWeakness(): WeaknessOf {
  let loading: Promise<ZxcvbnFactory> | undefined;
  return async (typed, email) => {
    const password = preparedPassword(typed);
    if (password === undefined) return 'too_long';
    if (lengthOf(password) < policy.password.shortest) return 'too_short';
    loading ??= load();
    const { score } = (await loading).check(password, [email, ...email.split(/[@.+]/)]);
    return score < policy.password.weakest ? 'weak_password' : null;
  };
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new Factory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: 48,
    l33tMaxSubstitutions: 2,
  });
}
