/** One line of a file, without its line end, and without the byte order mark of the first. */
export interface Line {
  /** Counted from 1, blank lines too. */
  readonly number: number;
  /** Null when it was longer than the limit, and dropped. */
  readonly bytes: Buffer | null;
  /** Where the next line begins: how much of the file has been read. */
  readonly endByte: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from('\uFEFF');

/**
 * Cuts a stream of bytes into lines, however its chunks fall. Never holds more than one chunk and
 * `maxLineBytes`: of a longer line the rest is read past.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let bytesBefore = 0;
  let held: Buffer[] = [];
  let lineLength = 0;

  const hold = (piece: Buffer): void => {
    lineLength += piece.length;
    if (lineLength > maxLineBytes) held = [];
    else if (piece.length > 0) held.push(piece);
  };
  const finish = (endByte: number): Line => {
    const bytes = lineLength > maxLineBytes ? null : trim(join(held), number === 1);
    held = [];
    lineLength = 0;
    return { number: number++, bytes, endByte };
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      yield finish(bytesBefore + start);
    }
    hold(chunk.subarray(start));
    bytesBefore += chunk.length;
  }
  if (lineLength > 0) yield finish(bytesBefore);
}

const join = (pieces: readonly Buffer[]): Buffer =>
  pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);

function trim(bytes: Buffer, isFirst: boolean): Buffer {
  const hasMark = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  const start = hasMark ? byteOrderMark.length : 0;
  return bytes.subarray(start, bytes.at(-1) === carriageReturn ? -1 : undefined);
}
