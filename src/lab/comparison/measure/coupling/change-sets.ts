import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Coupling } from '../../comparison.ts';

/** The changes that are kept for each architecture, by their place in {@link Coupling.filesTouched}. */
export const changes = {
  event: 'event',
  notificationType: 'notification-type',
  channel: 'channel',
  subscriber: 'subscriber',
} as const satisfies Record<keyof Coupling['filesTouched'], string>;

export type Change = (typeof changes)[keyof typeof changes];

/** Where a change set is kept, from the root: a patch as `git apply` takes it. */
const patchOf = (architecture: string, change: Change): string =>
  join('test', 'change-sets', architecture, `${change}.patch`);

/** How many files each change touches, those that it adds included; of src/, without the tests of it. */
export async function countFilesTouched(
  root: string,
  architecture: string,
): Promise<Coupling['filesTouched']> {
  const countOf = async (change: Change): Promise<number> => {
    const patch = await readFile(join(root, patchOf(architecture, change)), 'utf8');
    return filesIn(patch).filter((file) => file.startsWith('src/')).length;
  };
  return {
    event: await countOf(changes.event),
    notificationType: await countOf(changes.notificationType),
    channel: await countOf(changes.channel),
    subscriber: await countOf(changes.subscriber),
  };
}

/** Every file that a patch touches, by its path from the root. */
export const filesIn = (patch: string): string[] =>
  [...patch.matchAll(/^diff --git a\/.+ b\/(.+)$/gm)].map(([, file = '']) => file);
