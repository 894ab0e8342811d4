import { execFile } from 'node:child_process';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** All that takes part in the types and the tests. */
const allParts = [
  'src',
  'test',
  'examples',
  'bench',
  'scripts',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'biome.json',
  '.dependency-cruiser.mjs',
];

/** Copies the code as it stands, or these files and folders of it, into a new folder; the packages are the same. */
export async function copyCode(
  root: string,
  folder: string,
  parts: readonly string[] = allParts,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of parts) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

export interface ApplyOptions {
  /** How many of the lines around a change must be as they were. Default: all that the patch has, three. */
  contextLines?: number;
  /** Applies what fits, and leaves the rest beside the files as `.rej`. Default: all or nothing. */
  isPartial?: boolean;
}

/** @throws what git says, when the patch does not fit. */
export async function applyPatch(
  folder: string,
  patch: string,
  { contextLines, isPartial = false }: ApplyOptions = {},
): Promise<void> {
  const options = [
    ...(contextLines === undefined ? [] : [`-C${contextLines}`]),
    ...(isPartial ? ['--reject'] : []),
  ];
  await git(folder, ['apply', '--whitespace=nowarn', ...options, resolve(patch)]);
}

/** From here on, {@link changesOf} a folder are those that were made since. */
export async function beginChanges(folder: string): Promise<void> {
  await git(folder, ['init', '--quiet']);
  await git(folder, ['add', '--all']);
}

/** What was changed in a folder, as a patch that is the same on every machine. */
export async function changesOf(folder: string): Promise<string> {
  await git(folder, ['add', '--all', '--intent-to-add']);
  const format = ['--no-color', '--no-ext-diff', '--no-renames', '--src-prefix=a/', '--dst-prefix=b/'];
  const diff = await git(folder, ['diff', ...format]);
  // Of the files as they were and are: a name for them that changes with every line elsewhere.
  return diff.replaceAll(/^index [0-9a-f]+\.\.[0-9a-f]+.*\n/gm, '');
}

/** Knows neither the user's settings nor a repository that the folder may lie in. */
async function git(folder: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    GIT_CEILING_DIRECTORIES: dirname(resolve(folder)),
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const settings = ['-c', 'core.autocrlf=false', '-c', 'core.quotePath=false'];
  const { stdout } = await run('git', [...settings, ...args], { cwd: folder, env, maxBuffer: 2 ** 26 });
  return stdout;
}
