import type { LogFields, Logger } from '../../src/kernel/index.ts';

/** Keeps every line of the log as text, fields and all. */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const record = (fields: LogFields, text: string): void =>
    void lines.push(JSON.stringify({ ...fields, text }));
  return { lines, debug: record, info: record, warn: record, error: record };
}
