import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { checkPages } from '../../scripts/readme/check.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/**
 * A repository whose `npm run greet` says hello in two lines, and whose `npm run fail` exits with 1; `npm run compare`
 * is for a test to bring.
 */
export function repository(readme: string[], files: Record<string, string> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'check-readme-'));
  roots.push(root);
  const scripts = {
    greet: `node -e "console.log('hello\\nworld')"`,
    bench: `node -e "console.log('bus  rate\\nfast   ' + process.hrtime()[1])"`,
    compare: 'node compare.mjs',
    fail: `node -e "console.error('no luck'); process.exit(1)"`,
  };
  const all = {
    'package.json': JSON.stringify({ scripts }),
    'README.md': readme.join('\n'),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export const check = (readme: string[], files?: Record<string, string>) =>
  checkPages({ root: repository(readme, files) });

export async function update(readme: string[], files?: Record<string, string>) {
  const root = repository(readme, files);
  const failures = await checkPages({ root, update: true });
  return { failures, readme: readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n') };
}
