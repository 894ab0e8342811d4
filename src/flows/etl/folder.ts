import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder, in the few operations of which each may be the last that a process does. */
export interface Folder {
  /** Writes a file, and resolves when the disk has it. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes the place of what has that name, and resolves when the disk knows it. */
  rename(from: string, to: string): Promise<void>;
  has(name: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/** Nobody sees a part of it: under its name it is whole, or as it was before. */
export async function putFile(folder: Folder, name: string, bytes: Uint8Array): Promise<void> {
  await folder.write(`${name}.part`, bytes);
  await folder.rename(`${name}.part`, name);
}

/** On the disk; made when the first file is. */
export function diskFolder(path: string): Folder {
  const at = (name: string): string => join(path, name);
  return {
    async write(name, bytes) {
      await mkdir(path, { recursive: true });
      await synced(at(name), 'w', bytes);
    },
    async rename(from, to) {
      await rename(at(from), at(to));
      // A name is a part of the folder. Windows has no folders that one could open.
      if (process.platform !== 'win32') await synced(path, constants.O_RDONLY);
    },
    has: (name) =>
      access(at(name)).then(
        () => true,
        () => false,
      ),
    remove: (name) => rm(at(name), { force: true }),
  };
}

async function synced(path: string, flags: string | number, bytes?: Uint8Array): Promise<void> {
  const handle = await open(path, flags);
  try {
    if (bytes !== undefined) await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** In memory: gone with the process. */
export class MemoryFolder implements Folder {
  readonly files = new Map<string, Uint8Array>();

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, bytes);
  }

  async rename(from: string, to: string): Promise<void> {
    const bytes = this.files.get(from);
    if (bytes === undefined) throw new Error(`there is no ${from}`);
    this.files.set(to, bytes);
    this.files.delete(from);
  }

  async has(name: string): Promise<boolean> {
    return this.files.has(name);
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}

/** Takes files, and forgets what stands in them. */
export const forgetfulFolder: Folder = {
  write: async () => {},
  rename: async () => {},
  has: async () => false,
  remove: async () => {},
};
