import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMismatch, refresh, toLines } from './output.ts';
import { type Block, type Page, type Problem, replaceInBlock, settingOf } from './page.ts';
import { runCommand } from './run-command.ts';

/** Blocks with `file=…` show that file, word for word, with or without the comment at its head. */
export function checkFileBlocks(page: Page, root: string): Problem[] {
  return page.blocks.flatMap((block) => {
    const file = settingOf(block, 'file');
    return file === undefined ? [] : checkFileBlock(block, file, root);
  });
}

function checkFileBlock(block: Block, file: string, root: string): Problem[] {
  if (!existsSync(join(root, file))) return [{ line: block.line, message: `there is no file ${file}` }];
  const whole = toLines(readFileSync(join(root, file), 'utf8'));
  const versions = [whole, withoutLeadingComment(whole)];
  if (versions.some((version) => version.join('\n') === block.body.join('\n'))) return [];
  const showsComment = /^\s*\/[/*]/.test(block.body[0] ?? '');
  const wanted = (showsComment ? versions[0] : versions[1]) ?? whole;
  const wrong = wanted.findIndex((line, index) => line !== block.body[index]);
  const offset = wrong === -1 ? wanted.length : wrong;
  const fix = replaceInBlock(block, 0, block.body.length, wanted);
  return [{ line: block.line + 1 + offset, message: `differs from ${file}`, fix }];
}

function withoutLeadingComment(lines: string[]): string[] {
  return lines
    .join('\n')
    .replace(/^(\/\*[\s\S]*?\*\/\n|(\/\/.*\n)+)\n*/, '')
    .split('\n');
}

/**
 * Runs the ```ts run blocks from the root of the repository, so that their imports read
 * `./src/demo/index.ts`, and compares with the ```text output block that follows.
 */
export async function checkRunBlocks(page: Page, root: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [index, block] of page.blocks.entries()) {
    const previous = page.blocks[index - 1];
    const next = page.blocks[index + 1];
    if (isRun(block)) problems.push(...(await checkRunBlock(block, isOutput(next) ? next : undefined, root)));
    if (isOutput(block) && !isRun(previous)) {
      problems.push({ line: block.line, message: 'this output follows no "ts run" block' });
    }
  }
  return problems;
}

const isRun = (block?: Block) => block?.language === 'ts' && block.words.includes('run');
const isOutput = (block?: Block) => block?.language === 'text' && block.words.includes('output');

async function checkRunBlock(block: Block, output: Block | undefined, root: string): Promise<Problem[]> {
  const result = await runTypeScript(block, root);
  if (result.exitCode !== 0) {
    const cause = toLines(result.stderr).find((line) => /^\w*Error\b/.test(line)) ?? '';
    return [{ line: block.line, message: `this code exits with ${result.exitCode}: ${cause}` }];
  }
  if (!output) return [];
  const actual = toLines(result.stdout);
  const mismatch = findMismatch(output.body, actual);
  if (!mismatch) return [];
  const fresh = refresh(output.body, actual);
  const problem = { line: output.line + 1 + mismatch.index, message: mismatch.message };
  return [fresh ? { ...problem, fix: replaceInBlock(output, 0, output.body.length, fresh) } : problem];
}

async function runTypeScript(block: Block, root: string) {
  const shownFile = settingOf(block, 'file');
  const file = shownFile ?? `.readme-block-${process.pid}-${block.line}.ts`;
  const path = join(root, file);
  if (!shownFile) writeFileSync(path, `${block.body.join('\n')}\n`);
  try {
    return await runCommand(`node --import ${import.meta.resolve('tsx')} "${path}"`, root);
  } finally {
    if (!shownFile) rmSync(path, { force: true });
  }
}
