import { z } from 'zod';
import { InputError } from '../../kernel/index.ts';
import { type ActionName, actionOf, actions } from './actions.ts';

/** An action, and when in the shop's day: milliseconds since it began. */
export interface Done {
  readonly afterMs: number;
  readonly name: ActionName;
}

/** What was done, and the seed of the ids that it was done with. */
export interface Run {
  /** Left out: that of the lab. Words of the first version did not say it. */
  readonly seed?: number;
  readonly done: readonly Done[];
}

/** So much can be replayed: what somebody clicks in an hour. */
const mostActions = 500;
const mostMs = 366 * 86_400_000;

/** How a word begins that is written as below. Others are of the first version: JSON in base64. */
const version = '2.';
export const usualSeed = 1;
const unitsMs = { h: 3_600_000, m: 60_000, s: 1000, u: 1 } as const;

/**
 * A run as a word that fits a link: how long after the one before, how often at that time, and the code of each action.
 * `2.D5xO1hM` is mail that goes down, five orders, and all mended an hour later. A seed other than 1 stands at the end, behind
 * a dot.
 */
export function wordOf({ done, seed = usualSeed }: Run): string {
  let word = version;
  let latestMs = 0;
  for (let at = 0; at < done.length; ) {
    const { afterMs, name } = done[at] as Done;
    const begun = at;
    while (at < done.length && done[at]?.name === name && done[at]?.afterMs === afterMs) at++;
    const times = at - begun;
    word += `${laterBy(afterMs - latestMs)}${times === 1 ? '' : `${times}x`}${actionOf(name).code}`;
    latestMs = afterMs;
  }
  return seed === usualSeed ? word : `${word}.${seed}`;
}

function laterBy(ms: number): string {
  if (ms === 0) return '';
  const [unit, inMs] = Object.entries(unitsMs).find(([, each]) => ms % each === 0) ?? ['u', 1];
  return `${ms / inMs}${unit}`;
}

/**
 * The other way round, of this version and of the first.
 * @throws {InputError} it is no run, or one that goes back in time.
 */
export function runOf(word: string): Run {
  const run = word.startsWith(version) ? written(word.slice(version.length)) : { done: writtenFirst(word) };
  let latestMs = 0;
  for (const { afterMs } of run.done) {
    if (afterMs < latestMs || afterMs > mostMs) throw noRun();
    latestMs = afterMs;
  }
  return run;
}

const step = /(?:(\d{1,11})([hmsu]))?(?:(\d{1,3})x)?([A-Z][a-z]?)/y;

function written(word: string): Run {
  const [, text, seed = usualSeed] = /^([^.]*)(?:\.(-?\d{1,16}))?$/.exec(word) ?? [];
  if (text === undefined || !Number.isSafeInteger(Number(seed))) throw noRun();
  const done: Done[] = [];
  let afterMs = 0;
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const [, later = '0', unit = 'u', times = '1', code] = step.exec(text) ?? [];
    const name = actions.find((each) => each.code === code)?.name;
    if (name === undefined) throw noRun();
    afterMs += Number(later) * unitsMs[unit as keyof typeof unitsMs];
    done.push(...Array.from({ length: Number(times) }, () => ({ afterMs, name })));
    if (done.length > mostActions) throw noRun();
  }
  return { seed: Number(seed), done };
}

const first = z.array(z.tuple([z.int().min(0), z.string()])).max(mostActions);

function writtenFirst(word: string): Done[] {
  const parsed = first.safeParse(jsonOf(Buffer.from(word, 'base64url').toString()));
  if (!parsed.success) throw noRun();
  return parsed.data.map(([afterMs, name]) => ({ afterMs, name: actionOf(name).name }));
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
