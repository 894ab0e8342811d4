import { execFile } from 'node:child_process';
import type { Command } from 'commander';
import { vi } from 'vitest';
import { runCommandLine } from '../../src/demo/command-line.ts';
import { commandLine } from './built.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in a process of its own, as a script sees it. */
export function runProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const cli = [commandLine, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, cli, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** The command line in this process: what a command of its own would print, and its exit code. */
export function runCli(...argv: readonly string[]): Promise<Ran> {
  return listening(() => runCommandLine(argv));
}

/** A command in this process; what it throws is thrown. */
export function runHere(
  make: (exitWith: (code: number) => void) => Command,
  ...args: readonly string[]
): Promise<Ran> {
  return listening(async () => {
    let code = 0;
    const command = make((exitCode) => {
      code = exitCode;
    });
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return code;
  });
}

async function listening(run: () => Promise<number>): Promise<Ran> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0),
  ];
  try {
    const code = await run();
    return { code, stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** All that `--help` prints. */
export function printedHelp(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (text) => void parts.push(text) }).outputHelp();
  return parts.join('');
}
