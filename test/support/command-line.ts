import { execFile } from 'node:child_process';
import type { Command } from 'commander';
import { vi } from 'vitest';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line, in a process of its own. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const cli = ['--import', 'tsx', 'src/demo/cli.ts', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, cli, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** A command in this process; what it throws is thrown. */
export async function runHere(
  make: (exitWith: (code: number) => void) => Command,
  ...args: readonly string[]
): Promise<Ran> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0),
  ];
  let code = 0;
  try {
    const command = make((exitCode) => {
      code = exitCode;
    });
    await command.exitOverride().parseAsync(args, { from: 'user' });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** All that `--help` prints. */
export function printedHelp(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (text) => void parts.push(text) }).outputHelp();
  return parts.join('');
}
