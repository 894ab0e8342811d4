import { type LogFields, type Logger, silentLogger } from '../kernel/index.ts';

/**
 * The logger of whoever has given none: silent, but for defects in code. Their authors are told on stderr, once for
 * each place in the code.
 */
export function tellingOfDefects(write: (line: string) => void): Logger {
  return {
    ...silentLogger,
    error({ channel, defect }: LogFields, text) {
      if (defect !== undefined) write(`${channel}: ${text} (${defect})\n`);
    },
  };
}
