/** Where a value stands in a JSON text: names of members and indexes of elements, from the outermost. */
export type JsonPath = readonly (string | number)[];

interface Level {
  /** Of an object, the names seen in it; of a list, nothing. */
  readonly names: Set<string> | null;
  /** What is being read. */
  place: string | number;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The members that stand in an object a second time, of which `JSON.parse` drops the first without a word.
 * @param text Valid JSON.
 */
export function repeatedMembers(text: string): JsonPath[] {
  const repeated: JsonPath[] = [];
  const levels: Level[] = [];
  let isNameNext = false;
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      levels.push({ names: token === '{' ? new Set() : null, place: 0 });
      isNameNext = token === '{';
    } else if (token === '}' || token === ']') {
      levels.pop();
      isNameNext = false;
    } else if (token === ',' && level !== undefined) {
      if (typeof level.place === 'number') level.place++;
      isNameNext = level.names !== null;
    } else if (token.startsWith('"') && isNameNext && level?.names) {
      level.place = JSON.parse(token) as string;
      if (level.names.has(level.place)) repeated.push(levels.map(({ place }) => place));
      level.names.add(level.place);
      isNameNext = false;
    }
  }
  return repeated;
}

/** `data.lineItems[2].quantity`, for a complaint; a name that is none of a program's is not repeated. */
export const pathInWords = (path: JsonPath): string =>
  path.reduce<string>((words, step) => {
    if (typeof step === 'number') return `${words}[${step}]`;
    const name = /^[A-Za-z_]\w{0,39}$/.test(step) ? step : '…';
    return words === '' ? name : `${words}.${name}`;
  }, '');
