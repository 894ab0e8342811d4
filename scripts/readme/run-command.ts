import { exec } from 'node:child_process';

const TIMEOUT_MS = 180_000;

export interface CommandResult {
  exitCode: number | string;
  stdout: string;
  stderr: string;
}

/** Runs a command in a shell, without colours, without standard input, and without npm's own banner. */
export function runCommand(command: string, cwd: string): Promise<CommandResult> {
  const { FORCE_COLOR: _, ...environment } = process.env;
  const env = { ...environment, NO_COLOR: '1', npm_config_loglevel: 'silent' };
  const options = { cwd, env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    const child = exec(command, options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? (error.code ?? error.signal ?? 'an error') : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}
