/** A table in GitHub's Markdown; every cell is text that is already escaped. The first column is to the left. */
export function tableOf(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  align: 'left' | 'right' = 'left',
): string[] {
  const rule = heading.map((_, column) => (column === 0 || align === 'left' ? '---' : '--:'));
  return [heading, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Text as it is: nothing in it is taken for Markdown, HTML or the edge of a cell. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]|~#]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;');
}

/** Text as code, in a table too. */
export function code(text: string): string {
  const inside = text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  return inside.includes('`') ? `\`\` ${inside} \`\`` : `\`${inside}\``;
}
