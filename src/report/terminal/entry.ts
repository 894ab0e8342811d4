import { cut, type Terminal, wrap } from '../terminal.ts';

/** `  name: text`, with what does not fit on the line below it. */
export function drawEntry(name: string, text: string, { colors, width }: Terminal): string[] {
  const [first = '', ...rest] = wrap(`${name}: ${text}`, width - 4);
  const head = first.startsWith(`${name}:`)
    ? colors.bold(cut(name, width - 2)) + cut(first, width - 2).slice(name.length)
    : cut(first, width - 2);
  return [`  ${head}`, ...rest.map((line) => `    ${cut(line, width - 4)}`)];
}
