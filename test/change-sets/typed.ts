import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What TypeScript says when these files, relative to the code's folder, read like this; they may be new. */
export type TypeErrors = (texts: ReadonlyMap<string, string>) => string[];

/** Checks all of src/ as it stands, once; and then, whenever it is asked, what a change of it reaches. */
export function typeErrors(): TypeErrors {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, parseHost);
  if (config === undefined) throw new Error('tsconfig.json cannot be read');
  const { options } = config;
  // Those of test/support/ bring what tests import: when that came in later, all would be checked again.
  const files = [...filesIn('src'), ...filesIn('test/support')];
  const known = new Map<string, ts.SourceFile | undefined>();
  let changed: ReadonlyMap<string, string> = new Map();

  const host = ts.createIncrementalCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => changed.get(path) ?? readFile(path);
  host.fileExists = (path) => changed.has(path) || fileExists(path);
  host.getSourceFile = (path, ...how) => {
    if (changed.has(path)) return getSourceFile(path, ...how);
    if (!known.has(path)) known.set(path, getSourceFile(path, ...how));
    return known.get(path);
  };

  const check = (before?: ts.SemanticDiagnosticsBuilderProgram) => {
    const roots = [...new Set([...files, ...changed.keys()])];
    return ts.createSemanticDiagnosticsBuilderProgram(roots, options, host, before);
  };
  const asItStands = check();
  asItStands.getSemanticDiagnostics();
  return (texts) => {
    changed = new Map([...texts].map(([path, text]) => [join(root, path), text]));
    return check(asItStands).getSemanticDiagnostics().map(inWords);
  };
}

const parseHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, folder, file));

const inWords = ({ file, messageText }: ts.Diagnostic): string =>
  `${relative(root, file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
