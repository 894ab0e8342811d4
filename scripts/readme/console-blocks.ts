import { findMismatch, refresh, toLines } from './output.ts';
import { type Block, type Page, type Problem, replaceInBlock, settingOf } from './page.ts';
import { runCommand } from './run-command.ts';

const RUNNABLE = /^(npm run|npx tsx|node) /;
const MEASURES = /^npm run (--silent )?bench\b/;

interface Command {
  /** Where it stands, and where its output begins, from the first line inside the fence. */
  offset: number;
  outputOffset: number;
  text: string;
  expected: string[];
}

/**
 * Runs each `$ npm run …` of the ```console blocks that shows an output, and compares. A command without
 * output is not run: `npm ci`, or `npm run check`, which would run this check again. `exit=1` after
 * `console` says that the commands of the block end with that code.
 */
export async function checkConsoleBlocks(page: Page, root: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const block of page.blocks.filter(({ language }) => language === 'console')) {
    const commands = commandsOf(block);
    if (commands.length === 0)
      problems.push({ line: block.line, message: 'console block without a "$ " line' });
    for (const command of commands) problems.push(...(await checkCommand(command, block, root)));
  }
  return problems;
}

function commandsOf(block: Block): Command[] {
  const commands: Command[] = [];
  for (const [offset, line] of block.body.entries()) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) {
      commands.push({ offset, outputOffset: offset + 1, text: line.slice(2), expected: [] });
    } else if (last?.text.endsWith('\\') && last.expected.length === 0) {
      last.text = last.text.slice(0, -1) + line.trim();
      last.outputOffset = offset + 1;
    } else {
      last?.expected.push(line);
    }
  }
  return commands;
}

async function checkCommand(command: Command, block: Block, root: string): Promise<Problem[]> {
  // The empty lines before the next command, or before the end of the fence, are layout.
  const expected = withoutBlankEnd(command.expected);
  if (expected.length === 0) return [];
  const line = block.line + 1 + command.offset;
  if (!RUNNABLE.test(command.text))
    return [{ line, message: `cannot check the output of "${command.text}"` }];
  const result = await runCommand(command.text, root);
  const exitCode = Number(settingOf(block, 'exit') ?? 0);
  if (result.exitCode !== exitCode) {
    const cause = toLines(result.stderr).at(-1) ?? '';
    return [{ line, message: `"${command.text}" exits with ${result.exitCode}, not ${exitCode}: ${cause}` }];
  }
  const actual = toLines(result.stdout);
  const mismatch = findMismatch(expected, actual, { everyNumber: MEASURES.test(command.text) });
  if (!mismatch) return [];
  const fresh = refresh(expected, actual);
  const problem = { line: block.line + 1 + command.outputOffset + mismatch.index, message: mismatch.message };
  if (!fresh) return [problem];
  return [{ ...problem, fix: replaceInBlock(block, command.outputOffset, expected.length, fresh) }];
}

function withoutBlankEnd(lines: string[]): string[] {
  const end = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, end + 1);
}
