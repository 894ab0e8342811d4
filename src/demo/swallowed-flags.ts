import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A flag of a command that npm has kept. */
interface Swallowed {
  /** As it is typed: `--json`. */
  readonly name: string;
  /** What is to follow it: `<file>`. Undefined where nothing does. */
  readonly value: string | undefined;
  /** What npm has made of it: `true`, or what stood behind `=`. */
  readonly given: string;
}

/**
 * npm takes every flag in front of `--` for one of its own, and what stood behind it arrives as a name: a command
 * would do something else than was asked for. All that npm leaves of such a flag is a variable. Such a command ends
 * as with any other flag that is no use, and says what to type.
 */
export function refuseSwallowedFlags(
  command: Command,
  name: string,
  argv: readonly string[] = process.argv.slice(2),
  env: Environment = process.env,
): void {
  // Else npm runs something around this, whose flags they are.
  if (env.npm_lifecycle_event !== name) return;
  const own = command.commands.find((each) => argv.includes(each.name()));
  const swallowed = [...command.options, ...(own?.options ?? [])].flatMap(({ long, flags }): Swallowed[] => {
    const given = long == null || hasArrived(long, argv) ? undefined : keptByNpm(long, env);
    return long == null || given === undefined
      ? []
      : [{ name: long, value: /<.*>|\[.*\]/.exec(flags)?.[0], given }];
  });
  if (swallowed.length === 0) return;
  const names = swallowed.map((flag) => flag.name).join(', ');
  const typed = argumentsOf(swallowed, argv).join(' ');
  command.error(`npm has kept ${names} for itself. Flags go behind "--": npm run ${name} -- ${typed}`);
}

const hasArrived = (name: string, argv: readonly string[]): boolean =>
  argv.some((argument) => argument === name || argument.startsWith(`${name}=`));

function keptByNpm(name: string, env: Environment): string | undefined {
  // Here npm has a word of its own for it.
  const key = name === '--quiet' ? 'loglevel' : name.slice(2).replaceAll('-', '_');
  const value = env[`npm_config_${key}`];
  const isKept = name === '--quiet' ? value === 'warn' : value !== undefined && value !== '';
  return isKept && !isConfigured(key, env) ? value : undefined;
}

/** Whether somebody has set this for good: then nobody has typed it. */
function isConfigured(key: string, env: Environment): boolean {
  if (env[`NPM_CONFIG_${key.toUpperCase()}`] !== undefined) return true;
  const files = [env.npm_config_userconfig, env.npm_config_globalconfig].filter((file) => file !== undefined);
  const ownFile = join(env.npm_config_local_prefix ?? '.', '.npmrc');
  const line = new RegExp(`^\\s*${key.replaceAll('_', '[-_]')}\\s*=`, 'm');
  return [...files, ownFile].some((file) => line.test(textOf(file)));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What should have been typed; with dots where nobody can tell which of the words belongs to which flag. */
function argumentsOf(swallowed: readonly Swallowed[], argv: readonly string[]): string[] {
  const words = argv.map(asWord);
  const parted = swallowed.filter(isParted);
  if (parted.length === 0) return [...words, ...swallowed.map((flag) => typed(flag))];
  const isClear = parted.length === 1 && words.length === 1;
  const flags = swallowed.map((flag) => typed(flag, isClear ? words[0] : flag.value));
  return isClear ? flags : ['…', ...flags];
}

/** Of `--data shop.db` npm keeps that there was a flag, and hands on the rest as a word. */
const isParted = ({ value, given }: Swallowed): boolean =>
  value?.startsWith('<') === true && given === 'true';

function typed(flag: Swallowed, parted = ''): string {
  if (isParted(flag)) return `${flag.name} ${parted}`;
  return flag.given === 'true' || flag.value === undefined ? flag.name : `${flag.name} ${asWord(flag.given)}`;
}

const asWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
