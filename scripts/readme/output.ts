/** Compares the output a page promises with the output a command gave. */

const ELLIPSIS = '…';

const RATE = /\d[\d.,]*\s?[kM]?(?=\s?[A-Za-z]*\s?(\/\s?s\b|per second))/g;
const DURATION = /\b\d[\d.,]*\s?(ns|µs|ms|s|seconds?)(?!\w)/g;
const NUMBER = /\d[\d.,]*/g;

export interface CompareOptions {
  /** Mask every number, for output that is nothing but measurements. */
  everyNumber?: boolean;
}

export interface Mismatch {
  /** Which of the expected lines is wrong; their number when something follows the last of them. */
  index: number;
  message: string;
}

/** Lines of output without what no two runs share; blank lines at the end do not count. */
export function toLines(text: string): string[] {
  return text
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}

/**
 * The first expected line that the actual output does not bear out. Timings and rates match whatever
 * their figures; a line of `…` matches any number of lines.
 */
export function findMismatch(
  expected: string[],
  actual: string[],
  options: CompareOptions = {},
): Mismatch | undefined {
  const mask = masker([...expected, ...actual], options);
  const given = actual.map(mask);
  const segments = splitAtEllipses(expected.map(mask));
  let position = 0;
  for (const [number, segment] of segments.entries()) {
    const start = startOf(segment.lines, given, {
      position,
      isFirst: number === 0,
      isLast: number === segments.length - 1,
    });
    if (start === -1) return notFound(segment.index, expected[segment.index]);
    const wrong = segment.lines.findIndex((line, index) => line !== given[start + index]);
    if (wrong !== -1) return differs(segment.index + wrong, expected, actual[start + wrong]);
    position = start + segment.lines.length;
  }
  if (segments.length === 1 && given.length > position) return goesOn(expected.length, actual[position]);
  return undefined;
}

/** The expected lines brought up to date, ellipsis included; undefined when only a person can tell. */
export function refresh(expected: string[], actual: string[]): string[] | undefined {
  const [head, tail, ...more] = splitAtEllipses(expected);
  if (more.length > 0 || !head) return undefined;
  if (!tail) return actual;
  if (head.lines.length + tail.lines.length > actual.length) return actual;
  return [
    ...actual.slice(0, head.lines.length),
    ELLIPSIS,
    ...actual.slice(actual.length - tail.lines.length),
  ];
}

interface Segment {
  index: number;
  lines: string[];
}

function splitAtEllipses(lines: string[]): Segment[] {
  const segments: Segment[] = [{ index: 0, lines: [] }];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === ELLIPSIS) segments.push({ index: index + 1, lines: [] });
    else segments.at(-1)?.lines.push(line);
  }
  return segments;
}

function startOf(
  lines: string[],
  given: string[],
  place: { position: number; isFirst: boolean; isLast: boolean },
): number {
  if (place.isFirst) return 0;
  if (place.isLast) return Math.max(place.position, given.length - lines.length);
  const matchesAt = (start: number) => lines.every((line, index) => line === given[start + index]);
  return given.findIndex((_, start) => start >= place.position && matchesAt(start));
}

/** Masked figures change the width of columns, so the space between them cannot count either. */
function masker(allLines: string[], options: CompareOptions): (line: string) => string {
  const maskFigures = (line: string) => {
    const masked = line.replace(RATE, '<number>').replace(DURATION, '<time>');
    return options.everyNumber ? masked.replace(NUMBER, '<number>') : masked;
  };
  const isMasked = allLines.some((line) => maskFigures(line) !== line);
  if (!isMasked) return (line) => line.trimEnd();
  return (line) =>
    maskFigures(line)
      .replace(/([-─═])\1+/g, '$1')
      .replace(/\s+/g, ' ')
      .trimEnd();
}

const quote = (line: string | undefined) => (line === undefined ? 'nothing more' : `"${line.trim()}"`);

const differs = (index: number, expected: string[], actual: string | undefined): Mismatch => ({
  index,
  message: `says ${quote(expected[index])}, but the output is ${quote(actual)}`,
});

const notFound = (index: number, expected: string | undefined): Mismatch => ({
  index,
  message: `says ${quote(expected)}, but the output does not contain these lines`,
});

const goesOn = (index: number, actual: string | undefined): Mismatch => ({
  index,
  message: `ends here, but the output goes on with ${quote(actual)}`,
});
