import { type LogFields, type Logger, silentLogger } from '../kernel/index.ts';

/**
 * The logger of whoever has given none: silent, but for defects in code. Their authors are told on stderr, once for
 * each place in the code.
 */
export function tellingOfDefects(write: (line: string) => void): Logger {
  const told = new Set<string>();
  return {
    ...silentLogger,
    error({ channel, subscriber, messageType, defect }: LogFields, text) {
      if (defect === undefined) return;
      const line =
        subscriber === undefined
          ? `${channel}: ${text} (${defect})\n`
          : `${subscriber}: its own code fails, and ${messageType} is a dead letter (${defect})\n`;
      if (!told.has(line)) write(line);
      told.add(line);
    },
  };
}
