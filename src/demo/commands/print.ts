import { type Document, type Terminal, terminalOf, toJson, toLines } from '../../report/index.ts';

/** On stdout, for a person. */
export const printDocument = (document: Document, terminal: Terminal = terminalOf(process.stdout)): void =>
  printLines(toLines(document, terminal));

/** On stdout, for another program. */
export const printJson = (value: unknown): void => printLines([toJson(value)]);

export function printLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
