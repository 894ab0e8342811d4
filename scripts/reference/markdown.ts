/** A table whose cells are Markdown already. */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(inCell).join(' | ')} |`)
    .join('\n');

/** One line, in which nothing ends the cell. */
const inCell = (text: string): string => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');

export const code = (text: string): string => `\`${text}\``;

/** What a person wrote, in which code stands in backticks: nothing else in it is taken for Markdown or HTML. */
export const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*[\]~<]/g, '\\$&')))
    .join('');

/** A page of sections, with a newline at its end. */
export const page = (sections: readonly string[]): string => `${sections.join('\n\n')}\n`;
