import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { linesOfCode, withoutComments } from '../../../../src/lab/comparison/measure/coupling/source-text.ts';

it('blank lines and comments do not count', () => {
  const source = `
/** A promise,
 * in two lines. */
export const a = 1; // here

  /* there */ export const b = 2;
  // nothing

  /* begun
  */ export const c = 3;
`;

  expect(linesOfCode(source)).toBe(3);
  expect(linesOfCode('')).toBe(0);
});

it.each([
  ['a string', `const url = 'https://shop.example'; // the shop's`, `const url = 'https://shop.example'; `],
  ['a string with a quote in it', `say('it\\'s // said'); // aloud`, `say('it\\'s // said'); `],
  ['the other quotes', `say("'/*"); /* aloud */`, `say("'/*"); `],
  ['a regular expression', `/['"/*]\\/\\/\`/.test(a); // b`, `/['"/*]\\/\\/\`/.test(a); `],
  ['a division', `const half = whole / 2; // and 'so on`, `const half = whole / 2; `],
  ['two divisions', `(a) / b / c // d`, `(a) / b / c `],
  ['a template', `say(\`// \${name} /*\`); // c`, `say(\`// \${name} /*\`); `],
  [
    'a template in a template',
    `say(\`\${all.map((each) => \`// \${each /* now */}\`)} //\`); // c`,
    `say(\`\${all.map((each) => \`// \${each }\`)} //\`); `,
  ],
  ['a division in a template', `say(\`\${a / b} // \`); // c`, `say(\`\${a / b} // \`); `],
  ['an object in a template', `say(\`\${{ a: {} }.a}//\`); // c`, `say(\`\${{ a: {} }.a}//\`); `],
])('what looks like a comment in %s is none', (_, source, code) => {
  expect(withoutComments(source)).toBe(code);
});

it('of every file of src/, TypeScript itself finds code on as many lines', () => {
  const folder = new URL('../../../../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const counts = (count: (source: string) => number) =>
    Object.fromEntries(files.map((name) => [name, count(readFileSync(new URL(name, folder), 'utf8'))]));

  expect(counts(linesOfCode)).toEqual(counts(linesWithTokens));
  expect(files.length).toBeGreaterThan(200);
});

const isJsDoc = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstJSDocNode && kind <= ts.SyntaxKind.LastJSDocNode;

function linesWithTokens(source: string): number {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file).filter(({ kind }) => !isJsDoc(kind));
    for (const child of children) visit(child);
    if (children.length > 0) return;
    let { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    for (const text of node.getText(file).split('\n')) {
      if (text.trim() !== '') lines.add(line);
      line++;
    }
  };
  visit(file);
  return lines.size;
}
