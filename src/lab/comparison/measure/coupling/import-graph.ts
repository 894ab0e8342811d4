import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import type Typescript from 'typescript';
import { AppError, InputError } from '../../../../kernel/index.ts';

/** The modules of src/, each with those of src/ that it imports; by their paths from the root, `src/…`. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** A module imports what is not there, so that the graph would have a hole. */
export class ImportGraphIncompleteError extends AppError {
  readonly code = 'import_graph_incomplete';

  constructor(module: string, imported: string) {
    super({
      message: `${module} imports ${imported}, which is not there`,
      help: 'Run `npx tsc --noEmit -p .`: it says where.',
    });
  }
}

/**
 * Who imports whom in the folder src/ of `root`.
 * @throws {InputError} there are no sources: an installed package is without.
 * @throws {ImportGraphIncompleteError} a file is missing from it.
 */
export async function readImportGraph(root: string): Promise<ImportGraph> {
  if (!existsSync(join(root, 'src'))) {
    throw new InputError({
      message: 'there are no sources here, whose imports are to be counted',
      help: 'Compare in a checkout of the repository.',
    });
  }
  // Only here, and only in a checkout: an installed package is without it. Required, since an import would read its nine
  // megabytes once more, for the names that it exports.
  const typescript = createRequire(import.meta.url)('typescript') as typeof Typescript;
  const files = await readdir(join(root, 'src'), { recursive: true });
  const modules = files.filter((name) => name.endsWith('.ts')).map((name) => posix.join('src', name));
  const read = modules.sort().map(async (module) => {
    // A type that is imported couples as much as a value.
    const { importedFiles } = typescript.preProcessFile(await readFile(join(root, module), 'utf8'));
    return [module, importedFiles.map(({ fileName }) => fileName)] as const;
  });
  return graphOf(new Map(await Promise.all(read)));
}

/**
 * @param importsOf each module with what it imports, as it says it: `../kernel/index.ts`, `node:fs`.
 * @throws {ImportGraphIncompleteError} one of them is not among the modules.
 */
export function graphOf(importsOf: ReadonlyMap<string, readonly string[]>): ImportGraph {
  const importedBy = (module: string, names: readonly string[]): string[] => {
    const own = names.filter((name) => name.startsWith('.') && name.endsWith('.ts'));
    const paths = own.map((name) => posix.join(posix.dirname(module), name));
    const missing = paths.find((path) => !importsOf.has(path));
    if (missing !== undefined) throw new ImportGraphIncompleteError(module, missing);
    return [...new Set(paths)];
  };
  return new Map([...importsOf].map(([module, names]) => [module, importedBy(module, names)]));
}

/** `src/bus/index.ts` → `bus` */
export const roomOf = (path: string): string => path.split('/')[1] ?? '';

/** Everything that a module imports, directly or through others; without itself. */
export function reachedFrom(graph: ImportGraph, module: string): ReadonlySet<string> {
  const reached = new Set([module]);
  // A set can grow while it is read.
  for (const each of reached) for (const imported of graph.get(each) ?? []) reached.add(imported);
  reached.delete(module);
  return reached;
}

/** How many modules outside of a room import one of its modules, and how many outside it imports. */
export function fansOf(graph: ImportGraph, room: string): { readonly in: number; readonly out: number } {
  const isInside = (path: string): boolean => roomOf(path) === room;
  const outside = [...graph].filter(([module]) => !isInside(module));
  const imported = [...graph].filter(([module]) => isInside(module)).flatMap(([, imports]) => imports);
  return {
    in: outside.filter(([, imports]) => imports.some(isInside)).length,
    out: new Set(imported.filter((path) => !isInside(path))).size,
  };
}
