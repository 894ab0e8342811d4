import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The path of a file that is not there yet, in a folder that goes when the test is over. */
export function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'notification-architectures-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
