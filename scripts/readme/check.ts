import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFileBlocks, checkRunBlocks } from './code-blocks.ts';
import { checkComparisonBlock, checkComparisonPage } from './comparison.ts';
import { checkConsoleBlocks } from './console-blocks.ts';
import { applyFixes, type Page, type Problem, parsePage } from './page.ts';
import { checkFences, checkLength, checkLinks, checkNames, checkScripts } from './references.ts';

const README_MAX_LINES = 199;

export interface CheckOptions {
  root: string;
  /** Write the real outputs and files into the pages; only what cannot be mended is then a failure. */
  update?: boolean;
}

/** Checks README.md and the other pages; gives one line `README.md:42: …` for each untruth. */
export async function checkPages({ root, update = false }: CheckOptions): Promise<string[]> {
  if (!existsSync(join(root, 'README.md'))) return ['README.md:1: there is no README.md'];
  // First, since other pages show a part of it.
  const failures = await checkComparisonPage(root, update);
  for (const path of pagesOf(root)) {
    const page = parsePage(path, readFileSync(join(root, path), 'utf8'));
    const problems = await checkPage(page, root);
    if (update && problems.some(({ fix }) => fix))
      writeFileSync(join(root, path), applyFixes(page, problems));
    const left = update ? problems.filter(({ fix }) => !fix) : problems;
    failures.push(...left.map(({ line, message }) => `${path}:${line}: ${message}`));
  }
  return failures;
}

export function pagesOf(root: string): string[] {
  const under = (folder: string) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
          (name) => `${folder}/${name}`,
        )
      : [];
  return [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...under('src').filter((path) => /^src\/.+\/README\.md$/.test(path)),
    ...under('docs').filter((path) => path.endsWith('.md')),
  ].sort();
}

async function checkPage(page: Page, root: string): Promise<Problem[]> {
  const broken = checkFences(page);
  if (broken.length > 0) return broken;
  const problems = [
    ...checkLinks(page, root),
    ...checkNames(page, root),
    ...checkScripts(page, scriptsOf(root)),
    ...(page.path === 'README.md' ? checkLength(page, README_MAX_LINES) : []),
    ...checkFileBlocks(page, root),
    ...checkComparisonBlock(page, root),
    ...(await checkConsoleBlocks(page, root)),
    ...(await checkRunBlocks(page, root)),
  ];
  return problems.sort((a, b) => a.line - b.line);
}

function scriptsOf(root: string): Set<string> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts?: object };
  return new Set(Object.keys(manifest.scripts ?? {}));
}
