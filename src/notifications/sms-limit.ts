import { shop } from './shop.ts';
import { smsSegments } from './sms-segments.ts';

export interface FittedSms {
  readonly text: string;
  readonly isCut: boolean;
}

/** Of GSM-7, the most that a segment holds. */
const mostPerSegment = 160;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const link = /(https?:\/\/\S+)/;

/**
 * `text` in at most so many segments: what is longer is cut between two graphemes, and ends with an ellipsis and the last
 * link in it, or the shop's. A link is kept whole or left out. In GSM-7 the ellipsis is three full stops, since `…` is not in that
 * alphabet and would leave less than half the room.
 */
export function fitSms(text: string, maxSegments: number): FittedSms {
  if (fits(text, maxSegments)) return { text, isCut: false };
  const parts = firstParts(text, maxSegments * mostPerSegment);
  for (const rest of [lastLink(text), shop.url]) {
    if (rest === undefined || !fits(cutAt([], 0, rest), maxSegments)) continue;
    for (let count = parts.length; count >= 0; count--) {
      const candidate = cutAt(parts, count, rest);
      if (fits(candidate, maxSegments)) return { text: candidate, isCut: true };
    }
  }
  return { text: shop.url, isCut: true };
}

const fits = (text: string, maxSegments: number): boolean =>
  text.length <= maxSegments * mostPerSegment && smsSegments(text).segments <= maxSegments;

function lastLink(text: string): string | undefined {
  const links = text.split(link).filter((_, index) => index % 2 === 1);
  return links.at(-1)?.replace(/[.,;:!?)\]]+$/, '');
}

/** Graphemes, and whole links; no more than could ever fit, however long the text is. */
function firstParts(text: string, most: number): string[] {
  const parts: string[] = [];
  for (const [index, piece] of text.split(link).entries()) {
    const isLink = index % 2 === 1;
    if (isLink && piece.length > most) break;
    if (isLink) parts.push(piece);
    // The last grapheme of a piece that goes on may lack its end: it is beyond what fits.
    else for (const { segment } of graphemes.segment(piece.slice(0, most + 1))) parts.push(segment);
    if (parts.length > most) break;
  }
  return parts.slice(0, most);
}

function cutAt(parts: readonly string[], count: number, rest: string): string {
  const kept = parts.slice(0, count);
  const end = kept.some((part) => part.startsWith(rest)) ? '' : ` ${rest}`;
  const head = kept.join('').trimEnd();
  const ellipsis = smsSegments(head + end).encoding === 'GSM-7' ? '...' : '…';
  return `${head}${ellipsis}${end}`;
}
