import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from './built.ts';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

/** Stands in for `nodeArguments` of the kernel: the same program, built. That the sources are run is asked in `the-shops-process.test.ts`. */
export const nodeArguments = (program: URL): string[] => [
  `${built}${relative(sources, fileURLToPath(program)).replace(/\.ts$/, '.js')}`,
];
