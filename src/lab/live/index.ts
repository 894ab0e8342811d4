/**
 * The four architectures side by side on one virtual clock, each in a process of its own that can be killed, and a page on
 * which they are broken by hand.
 *
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { LiveLab } from './src/lab/live/index.ts';
 *
 * const folder = mkdtempSync('/tmp/lab-');
 * const lab = new LiveLab({ folder });
 * await lab.start();
 * await lab.act('kill-after-commit');
 * await lab.act('restart');
 * console.log(lab.state().said.why);
 * await lab.close();
 * rmSync(folder, { recursive: true });
 * ```
 */
export { LiveLab } from './live-lab.ts';
export { serveLab } from './serve-lab.ts';
