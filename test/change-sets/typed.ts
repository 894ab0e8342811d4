import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const tsconfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** What TypeScript has to say of these files, wherever they are; of those that they import it says nothing. */
export function typeErrorsIn(files: readonly string[]): string[] {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const config = ts.getParsedCommandLineOfConfigFile(tsconfig, {}, host);
  if (config === undefined) throw new Error(`${tsconfig} cannot be read`);
  const program = ts.createProgram(files, config.options);
  return files.flatMap((file) => {
    const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(file));
    return diagnostics.map(({ messageText }) => {
      return `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}
