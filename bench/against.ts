import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { InputError, messageOf } from '../src/kernel/index.ts';
import { aligned } from './aligned.ts';
import type { Measured } from './measure.ts';

const execute = promisify(execFile);
const here = fileURLToPath(new URL('..', import.meta.url));

/** Some seconds each. */
const cases: readonly (readonly [name: string, size: number])[] = [
  ['event-sourced', 30_000],
  ['durable', 30_000],
  ['price-drop', 30_000],
  ['recovery', 30_000],
  ['two-stages', 100_000],
];

type Progress = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/**
 * How many times as long the code takes as it took at a commit. Both run at the same moment, a core each, and once more with the
 * cores changed: what slows the machine slows both.
 * @throws {InputError} there is no such commit, or no way to give each a core.
 */
export async function compareWithCommit(
  commit: string,
  rounds: number,
  progress: Progress,
): Promise<string[]> {
  await refuseMachine();
  const hash = await hashOf(commit);
  const before = mkdtempSync(join(tmpdir(), 'bench-'));
  const tree = join(before, 'code');
  async function figuresOf(name: string, size: number): Promise<string[]> {
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const ratio = await progress(`${name}, round ${round} of ${rounds}`, () => ratioOf(name, size, tree));
      if (ratio === undefined) return ['–', 'not measured then'];
      ratios.push(ratio);
    }
    const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    return [meanOf(ratios).toFixed(2), range];
  }
  try {
    await progress(`the code of ${commit}`, () => checkOut(hash, tree));
    const rows: string[][] = [];
    for (const [name, size] of cases)
      rows.push([`${name}, ${size.toLocaleString('en')}`, ...(await figuresOf(name, size))]);
    return aligned([['', `times the time at ${hash.slice(0, 9)}`, 'of the rounds'], ...rows]);
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
}

/** Of ratios: half and double even each other out. */
export const meanOf = (ratios: readonly number[]): number =>
  Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);

/** Undefined: the code of then has no such case. */
async function ratioOf(name: string, size: number, before: string): Promise<number | undefined> {
  const [then, now] = await Promise.all([tookMs(before, 1, name, size), tookMs(here, 0, name, size)]);
  const [thenHere, nowThere] = await Promise.all([
    tookMs(before, 0, name, size),
    tookMs(here, 1, name, size),
  ]);
  if (then === undefined || now === undefined || thenHere === undefined || nowThere === undefined)
    return undefined;
  return meanOf([now / then, nowThere / thenHere]);
}

async function tookMs(
  directory: string,
  core: number,
  name: string,
  size: number,
): Promise<number | undefined> {
  const runner = join(directory, 'bench', 'run-case.ts');
  const run = [process.execPath, '--expose-gc', '--import', 'tsx', runner, name, String(size)];
  try {
    const { stdout } = await execute('taskset', ['-c', String(core), ...run], { cwd: directory });
    return (JSON.parse(stdout) as Measured).tookMs;
  } catch (thrown) {
    if (messageOf(thrown).includes(`there is no case "${name}"`)) return undefined;
    throw thrown;
  }
}

async function refuseMachine(): Promise<void> {
  const canPin = await execute('taskset', ['--version']).then(
    () => true,
    () => false,
  );
  if (!canPin)
    throw new InputError({
      message: 'there is no taskset here, by which each run has a core of its own',
      help: 'Run it on Linux, with util-linux.',
    });
  if (availableParallelism() < 2)
    throw new InputError({
      message: 'two runs at the same moment need two cores, and there is one',
      help: 'Run it on a machine with more.',
    });
}

async function hashOf(commit: string): Promise<string> {
  try {
    const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
    return (await execute('git', asked, { cwd: here })).stdout.trim();
  } catch {
    throw new InputError({
      message: `there is no commit ${JSON.stringify(commit)} here`,
      help: 'Name one that `git log` shows.',
    });
  }
}

/** With our packages where it had the same, and with its own otherwise. */
async function checkOut(hash: string, tree: string): Promise<void> {
  try {
    mkdirSync(tree);
    await execute('git', ['archive', '--format=tar', `--output=${tree}.tar`, hash], { cwd: here });
    await execute('tar', ['-xf', `${tree}.tar`, '-C', tree]);
    const lockOf = (directory: string): string => readFileSync(join(directory, 'package-lock.json'), 'utf8');
    if (lockOf(tree) === lockOf(here))
      symlinkSync(join(here, 'node_modules'), join(tree, 'node_modules'), 'dir');
    else await execute('npm', ['ci', '--ignore-scripts'], { cwd: tree });
  } catch (thrown) {
    throw new InputError({
      message: `the code of ${hash} could not be had: ${messageOf(thrown)}`,
      help: 'Try a later commit.',
    });
  }
}
