import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { LiveLab } from '../../../src/lab/live/live-lab.ts';
import type { ColumnState } from '../../../src/lab/live/state.ts';

// Each test starts four processes, some of them again.
vi.setConfig({ testTimeout: 300_000 });

/** A lab of four processes, which end with the test. */
export async function aLab(): Promise<LiveLab> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const lab = new LiveLab({ folder });
  onTestFinished(async () => {
    await lab.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  await lab.start();
  return lab;
}

/** One figure of each column. */
export const each = <Key extends keyof ColumnState>(
  lab: LiveLab,
  key: Key,
): Record<string, ColumnState[Key]> =>
  Object.fromEntries(lab.state().columns.map((column) => [column.architecture, column[key]]));

export const all = <T>(value: T): Record<string, T> => ({
  'event-sourced': value,
  'api-driven': value,
  pipeline: value,
  'command-driven': value,
});
