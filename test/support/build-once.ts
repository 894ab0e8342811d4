import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { built } from './built.ts';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

/** Builds what is not there, or older than its source, and takes away what has none. Types are not asked: `tsc` does. */
export default function build(): void {
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    const source = join(sources, name);
    const stats = statSync(source);
    if (stats.isDirectory()) continue;
    const target = join(built, outputOf(name));
    if ((statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0) > stats.mtimeMs) continue;
    mkdirSync(dirname(target), { recursive: true });
    // Whole or not at all: others may build at the same time.
    const unfinished = `${target}.${process.pid}`;
    if (name.endsWith('.ts')) writeFileSync(unfinished, compiled(source));
    else cpSync(source, unfinished);
    renameSync(unfinished, target);
  }
  removeOrphans();
}

const outputOf = (name: string): string => name.replace(/\.ts$/, '.js');

function compiled(source: string): string {
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  return outputText;
}

function removeOrphans(): void {
  const outputs = new Set(readdirSync(sources, { recursive: true, encoding: 'utf8' }).map(outputOf));
  for (const name of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
    const isUnfinished = /\.\d+$/.test(name);
    if (!outputs.has(name) && !isUnfinished) rmSync(join(built, name), { recursive: true, force: true });
  }
}
