import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * What Node is given to run a program of ours in a process of its own, wherever that is started: the sources go
 * through a loader; once compiled, a program is run as it is.
 * @param program a `.ts` file, as a URL relative to `import.meta.url`.
 */
export function nodeArguments(program: URL): string[] {
  const file = fileURLToPath(program);
  if (import.meta.url.endsWith('.js')) return [file.replace(/\.ts$/, '.js')];
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;
  return ['--import', loader, file];
}
