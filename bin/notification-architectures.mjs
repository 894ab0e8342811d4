#!/usr/bin/env node
// The command line: of the sources in a checkout, of what was built of them in an installed package.
import { existsSync } from 'node:fs';

const sources = new URL('../src/demo/cli.ts', import.meta.url);
if (existsSync(sources)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(sources.href);
} else {
  await import(new URL('../dist/demo/cli.js', import.meta.url).href);
}
