import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lends a file for a datastore, and takes it away again with all that came to lie beside it. */
export async function withTemporaryFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    return await work(join(folder, 'shop.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
