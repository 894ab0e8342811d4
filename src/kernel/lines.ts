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
 * Cuts a stream of bytes into lines, however its chunks fall: a line ends with LF, with CRLF or with CR alone. Never
 * holds more than one chunk and `maxLineBytes`: of a longer line the rest is read past.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let bytesBefore = 0;
  let held: Buffer[] = [];
  let lineLength = 0;
  /** The chunk before ended with a CR: a LF at the beginning of this one belongs to the same line end. */
  let isEndOpen = false;

  const hold = (piece: Buffer): void => {
    lineLength += piece.length;
    if (lineLength > maxLineBytes) held = [];
    else if (piece.length > 0) held.push(piece);
  };
  const finish = (endByte: number): Line => {
    const bytes = lineLength > maxLineBytes ? null : withoutMark(join(held), number === 1);
    held = [];
    lineLength = 0;
    return { number: number++, bytes, endByte };
  };

  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const nextEnd = lineEndsOf(chunk);
    let start = 0;
    if (isEndOpen) {
      start = chunk[0] === newline ? 1 : 0;
      yield finish(bytesBefore + start);
    }
    isEndOpen = chunk.at(-1) === carriageReturn;
    for (let end = nextEnd(start); end !== -1; end = nextEnd(start)) {
      hold(chunk.subarray(start, end));
      start = end + (chunk[end] === carriageReturn && chunk[end + 1] === newline ? 2 : 1);
      if (start < chunk.length || !isEndOpen) yield finish(bytesBefore + start);
    }
    hold(chunk.subarray(start));
    bytesBefore += chunk.length;
  }
  if (isEndOpen || lineLength > 0) yield finish(bytesBefore);
}

/** Where the first line end at or behind a place is, or -1. Places are asked for in ascending order. */
function lineEndsOf(chunk: Buffer): (start: number) => number {
  let nextReturn = chunk.indexOf(carriageReturn);
  return (start) => {
    const nextNewline = chunk.indexOf(newline, start);
    if (nextReturn !== -1 && nextReturn < start) nextReturn = chunk.indexOf(carriageReturn, start);
    if (nextReturn === -1 || nextNewline === -1) return Math.max(nextReturn, nextNewline);
    return Math.min(nextReturn, nextNewline);
  };
}

const join = (pieces: readonly Buffer[]): Buffer =>
  pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);

const withoutMark = (bytes: Buffer, isFirst: boolean): Buffer =>
  isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    ? bytes.subarray(byteOrderMark.length)
    : bytes;
