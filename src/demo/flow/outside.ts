import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Line = readonly [name: string, key: string, value: unknown];

/** A map whose entries are written down as they are set, before anybody is answered. They are not taken back. */
class WrittenMap extends Map<string, unknown> {
  readonly #write: (key: string, value: unknown) => void;

  constructor(known: readonly Line[], write: (key: string, value: unknown) => void) {
    super();
    for (const [, key, value] of known) super.set(key, value);
    this.#write = write;
  }

  override set(key: string, value: unknown): this {
    this.#write(key, value);
    return super.set(key, value);
  }
}

/** What parties outside know, kept in a file that outlives the process: a line of JSON for each thing that one has learned. */
export function outsideIn(file: string): (name: string) => Map<string, unknown> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Whoever wrote the last line was killed in the middle of it, and has told nobody of it.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const known = whole.split('\n').flatMap(read);
  let begin = whole.length < text.length ? '\n' : '';
  const write = (line: Line): void => {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${begin}${JSON.stringify(line)}\n`);
    begin = '';
  };
  return (name) =>
    new WrittenMap(
      known.filter(([of]) => of === name),
      (key, value) => write([name, key, value]),
    );
}

/** Half a line of one who was killed is none. */
function read(line: string): readonly Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [];
  }
}
