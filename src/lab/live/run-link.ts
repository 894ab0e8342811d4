import { z } from 'zod';
import { InputError } from '../../kernel/index.ts';
import { type ActionName, actionOf } from './actions.ts';

/** An action, and when in the shop's day: milliseconds since it began. */
export interface Done {
  readonly afterMs: number;
  readonly name: ActionName;
}

/** So much can be replayed: what somebody clicks in an hour. */
const mostActions = 500;
const mostMs = 366 * 86_400_000;

const shape = z.array(z.tuple([z.int().min(0).max(mostMs), z.string()])).max(mostActions);

/** A run as a word that fits a link. */
export const wordOf = (run: readonly Done[]): string =>
  Buffer.from(JSON.stringify(run.map(({ afterMs, name }) => [afterMs, name]))).toString('base64url');

/**
 * The other way round.
 * @throws {InputError} it is no run, or one that goes back in time.
 */
export function runOf(word: string): readonly Done[] {
  const parsed = shape.safeParse(jsonOf(Buffer.from(word, 'base64url').toString()));
  if (!parsed.success) throw noRun();
  let latestMs = 0;
  return parsed.data.map(([afterMs, name]) => {
    if (afterMs < latestMs) throw noRun();
    latestMs = afterMs;
    return { afterMs, name: actionOf(name).name };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const noRun = (): InputError =>
  new InputError({
    message: 'the link holds no run of the lab',
    help: 'Take it whole, as the page showed it.',
  });
