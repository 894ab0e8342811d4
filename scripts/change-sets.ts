/**
 * The change sets in test/change-sets/: what it takes to add something to each architecture, as patches.
 *
 *   npm run change-sets                                   makes all of them anew, against the code as it stands
 *   npm run change-sets -- open event-sourced/channel DIR lays the code with one of them out in a new folder
 *   npm run change-sets -- save event-sourced/channel DIR keeps what has been changed there
 *
 * The first exits with 1 when one does not fit any more, and leaves that one alone: open it, mend it, save it.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyPatch, beginChanges, changesOf, copyCode } from './change-sets/working-copy.ts';

const root = process.cwd();
const patchOf = (name: string): string => join(root, 'test/change-sets', `${name}.patch`);

async function open(name: string, folder: string): Promise<void> {
  await copyCode(root, folder);
  await beginChanges(folder);
  if (!existsSync(patchOf(name))) return;
  // What does not fit lies beside the files as `.rej`.
  const applied = applyPatch(folder, patchOf(name), { contextLines: 1, isPartial: true });
  await applied.catch((error: Error) => console.log(error.message));
}

async function save(name: string, folder: string): Promise<void> {
  const changes = await changesOf(folder);
  await mkdir(dirname(patchOf(name)), { recursive: true });
  await writeFile(patchOf(name), changes);
}

/** Says whether it fits: with fewer lines around it at need, since those may have changed. */
async function refresh(name: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'change-set-'));
  try {
    await copyCode(root, folder);
    await beginChanges(folder);
    await applyPatch(folder, patchOf(name), { contextLines: 1 });
    await save(name, folder);
    return true;
  } catch (thrown) {
    console.log(`${name}: ${thrown instanceof Error ? thrown.message : thrown}`);
    return false;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function refreshAll(): Promise<boolean> {
  const files = await readdir(join(root, 'test/change-sets'), { recursive: true });
  const names = files.filter((file) => file.endsWith('.patch')).map((file) => file.replace(/\.patch$/, ''));
  const fits: boolean[] = [];
  for (const name of names.sort()) fits.push(await refresh(name));
  console.log(`${fits.filter(Boolean).length} of ${names.length} change sets fit the code as it stands`);
  return fits.every(Boolean);
}

const [command = 'refresh', name, folder, ...rest] = process.argv.slice(2);
if (command === 'refresh' && name === undefined) {
  process.exitCode = (await refreshAll()) ? 0 : 1;
} else if ((command === 'open' || command === 'save') && name && folder && rest.length === 0) {
  await (command === 'open' ? open : save)(name, folder);
} else {
  console.error('usage: npm run change-sets [-- open|save ARCHITECTURE/CHANGE DIR]');
  process.exitCode = 2;
}
