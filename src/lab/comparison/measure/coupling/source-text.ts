/** What can stand before a `/` that begins a regular expression; behind anything else it divides. */
const beforeRegExp = /(?:^|[(,=:[!&|?{;+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|await|yield))$/;

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const quoted = /'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"/y;
const regExp = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
/** From a backtick, or from the brace that ends a `${…}`, to the next backtick or `${`. */
const templatePart = /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y;
/** Anything that none of the others can begin with, as much as there is of it. */
const plain = /[^/'"`{}]+/y;

/** The text of a TypeScript file without its comments; what is left stands on the line where it stood. */
export function withoutComments(source: string): string {
  let code = '';
  /** Of every brace that is open, whether it is one of a `${…}`. */
  const isOfTemplate: boolean[] = [];
  const takeTemplatePart = (at: number): string => {
    const part = take(templatePart, source, at) ?? source[at] ?? '';
    if (part.endsWith('${')) isOfTemplate.push(true);
    return part;
  };
  const takeOne = (at: number): string => {
    if (source[at] === '{') isOfTemplate.push(false);
    if (source[at] === '}' && isOfTemplate.pop() === true) return takeTemplatePart(at);
    return source[at] ?? '';
  };
  for (let at = 0; at < source.length; ) {
    const left = take(comment, source, at);
    if (left !== undefined) {
      code += left.replaceAll(/[^\n]/g, '');
      at += left.length;
      continue;
    }
    const taken =
      take(plain, source, at) ??
      take(quoted, source, at) ??
      (source[at] === '/' && mayBeginRegExp(code) ? take(regExp, source, at) : undefined) ??
      (source[at] === '`' ? takeTemplatePart(at) : takeOne(at));
    code += taken;
    at += taken.length;
  }
  return code;
}

function take(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** Behind what has been read so far; the longest word that counts is shorter than ten letters. */
const mayBeginRegExp = (code: string): boolean => beforeRegExp.test(code.trimEnd().slice(-10));

/** How many lines of a TypeScript file hold code: blank lines and comments do not count. */
export const linesOfCode = (source: string): number =>
  withoutComments(source)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
