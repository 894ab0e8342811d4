import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandSchemas } from '../../../services/index.ts';
import { type ArchitectureName, architectureNames } from '../../../shop/index.ts';
import type { Coupling } from '../comparison.ts';
import { countFilesTouched } from './coupling/change-sets.ts';
import { fansOf, type ImportGraph, reachedFrom, readImportGraph, roomOf } from './coupling/import-graph.ts';
import { knowsTheRules } from './coupling/known-rules.ts';
import { linesOfCode } from './coupling/source-text.ts';
import { tablesInUse } from './coupling/tables-in-use.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * How much each architecture makes its parts know of one another: from the import graph of src/, from the text of
 * its files, from a run of the scenarios, and from the change sets in test/.
 * @throws {ImportGraphIncompleteError} the graph does not show every file.
 */
export async function measureCoupling(): Promise<readonly Coupling[]> {
  const graph = await readImportGraph(root);
  const coupling: Coupling[] = [];
  for (const architecture of architectureNames) coupling.push(await couplingOf(architecture, graph));
  return coupling;
}

async function couplingOf(architecture: ArchitectureName, graph: ImportGraph): Promise<Coupling> {
  const tables = await tablesInUse(architecture);
  // What it admits is about it, and no part of it.
  const own = (await sourcesOf(graph, architecture)).filter(({ file }) => !file.endsWith('/divergences.ts'));
  const shop = await sourcesOf(graph, 'services');
  const fans = fansOf(graph, architecture);
  return {
    architecture,
    services: Object.keys(commandSchemas).map((service) => ({
      service,
      rooms: roomsReached(graph, architecture, service),
      tables: [...(tables.get(service) ?? [])].sort(),
    })),
    filesThatKnowTheRules: [...own, ...shop]
      .filter(({ source }) => knowsTheRules(source))
      .map(({ file }) => file),
    fanIn: fans.in,
    fanOut: fans.out,
    linesOfCode: own.reduce((sum, { source }) => sum + linesOfCode(source), 0),
    files: own.length,
    filesTouched: await countFilesTouched(root, architecture),
  };
}

/** The rooms of what a service imports, also through others. The shop's rules are its own, wherever it stands. */
function roomsReached(graph: ImportGraph, architecture: string, service: string): string[] {
  const ofArchitecture = `src/${architecture}/${service}.ts`;
  const module = graph.has(ofArchitecture) ? ofArchitecture : `src/services/${service}/service.ts`;
  const rooms = new Set([...reachedFrom(graph, module)].map(roomOf));
  rooms.delete(roomOf(module));
  rooms.delete('services');
  return [...rooms].sort();
}

async function sourcesOf(
  graph: ImportGraph,
  room: string,
): Promise<{ readonly file: string; readonly source: string }[]> {
  const files = [...graph.keys()].filter((file) => roomOf(file) === room).sort();
  return Promise.all(files.map(async (file) => ({ file, source: await readFile(join(root, file), 'utf8') })));
}
