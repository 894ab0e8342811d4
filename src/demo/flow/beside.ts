import { existsSync, mkdirSync } from 'node:fs';
import { namesBeside, shownPlace } from '../../datastore/index.ts';
import { InputError, messageOf, quote } from '../../kernel/index.ts';
import type { Flow } from '../../pipeline-runtime/index.ts';

/** Where a flow is kept. */
export interface KeptIn {
  /** A file, or a database as `postgres://user@host/name`. */
  readonly data: string;
  /** The folder of what it writes beside. Default: `FILE.files`, or of a database `HOST-PORT-NAME.files` in the working folder. */
  readonly files?: string | undefined;
}

const folderOf = ({ data, files }: KeptIn): string => files ?? `${namesBeside(data)}.files`;

/**
 * Makes the folder of a flow that begins, and refuses to go on with one whose folder is not there: a provider would have
 * forgotten who has paid, and a warehouse would have gaps.
 * @param hasBegun Whether anything is kept of it.
 * @throws {InputError}
 */
export function readyFolder(
  flow: Flow,
  { hasBegun, ...kept }: KeptIn & { readonly hasBegun: boolean },
): string {
  const folder = folderOf(kept);
  if (flow.writesBeside !== true) return folder;
  if (hasBegun && !existsSync(folder))
    throw new InputError({
      message: `${quote(shownPlace(kept.data))} holds a flow that writes files too, and ${quote(folder)} is not there`,
      help: 'Say with --files where they are.',
    });
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw new InputError({
      message: `cannot write files to ${quote(folder)}: ${messageOf(thrown)}`,
      help: 'Name another folder with --files.',
    });
  }
  return folder;
}
