import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Something that can be set, as its doc comment has it. */
export interface Setting {
  readonly name: string;
  readonly type: string;
  readonly words: string;
}

/** Settings that are given together. */
export interface SettingsGroup {
  readonly name: string;
  readonly words: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly settings: readonly Setting[];
}

/** A number that is fixed in the code, with a comment that says what it is. */
export interface FixedValue {
  readonly name: string;
  readonly value: string;
  readonly words: string;
  readonly file: string;
}

export interface SourceFacts {
  readonly groups: readonly SettingsGroup[];
  readonly fixed: readonly FixedValue[];
  /** Names that are read from the environment. */
  readonly variables: ReadonlySet<string>;
}

/** Whose defaults are of interest to who runs a shop, from the bottom up. */
const rooms = [
  'kernel',
  'bus',
  'datastore',
  'notifications',
  'delivery',
  'pipeline-runtime',
  'pipeline',
  'event-sourced',
  'telemetry',
  'shop',
];

/**
 * Reads from the source what can be set: members of exported interfaces whose comment names a default, and all of
 * those that are read from the environment.
 */
export function readSource(root: string): SourceFacts {
  const files = rooms.flatMap((room) => sourcesIn(join(root, 'src', room)));
  const parsed = files.map((path) => parse(root, path));
  return {
    groups: parsed.flatMap(groupsOf),
    fixed: parsed.flatMap(fixedIn),
    variables: new Set(sourcesIn(join(root, 'src')).flatMap(variablesIn)),
  };
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, name));

function parse(root: string, path: string): ts.SourceFile {
  const name = relative(root, path).replaceAll('\\', '/');
  return ts.createSourceFile(name, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function groupsOf(source: ts.SourceFile): SettingsGroup[] {
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap((declaration) => {
    const isOfEnvironment = declaration.members.some((member) =>
      /^[A-Z_]+$/.test(member.name?.getText() ?? ''),
    );
    const settings = declaration.members
      .filter(ts.isPropertySignature)
      .map((member) => ({
        name: member.name.getText(),
        type: (member.type?.getText() ?? '').replace(/\s*\|\s*undefined$/, ''),
        words: wordsOf(member),
      }))
      .filter(({ words }) => isOfEnvironment || /\bDefault\b/.test(words));
    if (settings.length === 0) return [];
    return [{ name: declaration.name.text, words: wordsOf(declaration), file: source.fileName, settings }];
  });
}

function fixedIn(source: ts.SourceFile): FixedValue[] {
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const words = wordsOf(statement);
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const value = initializer?.getText() ?? '';
      const isNumber = /^[\d_]+( \* ([\d_]+|millisecondsIn\w+))*$/.test(value);
      return isNumber && words !== '' ? [{ name: name.getText(), value, words, file: source.fileName }] : [];
    });
  });
}

const variablesIn = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/process\.env\.([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);

function wordsOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replace(/\{@link (\w+)\}/g, '`$1`');
}
