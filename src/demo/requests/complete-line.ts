import { priorities } from '../../flows/notification-requests/index.ts';

export interface Vocabulary {
  readonly commands: readonly string[];
  readonly users: readonly string[];
  readonly channels: readonly string[];
}

/** What the tab key may put in place of the end of a line, and that end, as node:readline asks for it. */
export function completeLine(line: string, { commands, users, channels }: Vocabulary): [string[], string] {
  if (/^\S*$/.test(line)) return startingWith(line, [...commands, ...users.map((user) => `${user} `)]);
  const list = /^\S+\s+(\S*)$/.exec(line)?.[1];
  if (list !== undefined) return startingWith(list.split(/[,|]/).at(-1) ?? '', channels);
  const end = /^\S+\s+\S+\s+(?:'[^']*'|"[^"]*"|[^\s'"]+)\s+(\S*)$/.exec(line)?.[1];
  return end === undefined ? [[], line] : startingWith(end, priorities);
}

const startingWith = (start: string, words: readonly string[]): [string[], string] => [
  words.filter((word) => word.startsWith(start)),
  start,
];
