import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ICruiseOptions, IModule } from 'dependency-cruiser';
import { AppError, InputError } from '../../../../kernel/index.ts';

/** The modules of src/, each with those of src/ that it imports; by their paths from the root, `src/…`. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** dependency-cruiser has not read every file: what it says of the others cannot be believed either. */
export class ImportGraphIncompleteError extends AppError {
  readonly code = 'import_graph_incomplete';
  readonly unread: readonly string[];

  constructor(unread: readonly string[], fileCount: number) {
    super({
      message: `${unread.length} of ${fileCount} files are not in the import graph, ${unread[0]} among them`,
      help: 'Run npm ci: dependency-cruiser passes over TypeScript in silence where it finds no TypeScript 5 or 6.',
    });
    this.unread = unread;
  }
}

const options: ICruiseOptions = {
  // A type that is imported couples as much as a value.
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'node', 'default'],
  },
};

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
  // Only here: it takes longer to load than all that the other commands need.
  const { cruise } = await import('dependency-cruiser');
  const { output } = await cruise(['src'], { ...options, baseDir: root });
  const files = await readdir(join(root, 'src'), { recursive: true });
  const modules = files.filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`);
  return graphOf(typeof output === 'string' ? [] : output.modules, modules);
}

/** @throws {ImportGraphIncompleteError} the cruise has missed one of the files. */
export function graphOf(cruised: readonly IModule[], files: readonly string[]): ImportGraph {
  const isOurs = (path: string): boolean => path.startsWith('src/');
  const graph = new Map(
    cruised
      .filter(({ source }) => isOurs(source))
      .map(({ source, dependencies }) => {
        return [source, dependencies.map(({ resolved }) => resolved).filter(isOurs)] as const;
      }),
  );
  const unread = files.filter((file) => !graph.has(file));
  if (unread.length > 0) throw new ImportGraphIncompleteError(unread, files.length);
  return graph;
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
