/**
 * Builds what the package consists of into dist/: JavaScript, its types, the templates, samples, and what the pages load.
 * `npm pack` does it first; a checkout needs none of it.
 *
 *   npm run build
 */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '-p', `${root}tsconfig.build.json`], { stdio: 'inherit' });
cpSync(`${root}src`, `${root}dist`, {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || /\.(liquid|csv|css|js|svg)$/.test(path),
});
