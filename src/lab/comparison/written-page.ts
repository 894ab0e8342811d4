import { readFile } from 'node:fs/promises';
import { InputError, messageOf } from '../../kernel/index.ts';
import type { Comparison } from './comparison.ts';
import { behaviourHeading } from './document/behaviour.ts';
import { comparisonMarkdown, maskTimings, writingCommand } from './markdown.ts';

/** A page as it was written, with what depends on the machine masked. */
export interface WrittenPage {
  readonly file: string;
  readonly lines: readonly string[];
  /** It was written with times and throughput. */
  readonly hasTimes: boolean;
}

/** @throws {InputError} it cannot be read. */
export async function readPage(file: string): Promise<WrittenPage> {
  try {
    const page = await readFile(file, 'utf8');
    return {
      file,
      lines: maskTimings(page).split('\n'),
      hasTimes: page.includes(`## ${behaviourHeading}\n`),
    };
  } catch (thrown) {
    const help = `Write it with \`${writingCommand({})}\`.`;
    throw new InputError({ message: `cannot read ${JSON.stringify(file)}: ${messageOf(thrown)}`, help });
  }
}

/** The first line that is not true any more, in words; none when all of them are. */
export function outdated(comparison: Comparison, { file, lines }: WrittenPage): string[] {
  const actual = maskTimings(comparisonMarkdown(comparison)).split('\n');
  const length = Math.max(lines.length, actual.length);
  const wrong = Array.from({ length }, (_, index) => index).find((index) => lines[index] !== actual[index]);
  if (wrong === undefined) return [];
  const [says, is] = [lines, actual].map((page) => JSON.stringify(page[wrong] ?? null));
  return [
    `${file}:${wrong + 1}: says ${says}, but it is ${is}; \`${writingCommand(comparison)}\` writes it anew`,
  ];
}
