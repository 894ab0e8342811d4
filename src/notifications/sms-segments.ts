export interface SmsSegments {
  /** GSM-7 when every character is in its alphabet, UCS-2 otherwise. */
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** How many messages the provider sends and bills; an empty text is one. */
  readonly segments: number;
  /** The length of the text: septets in GSM-7, UTF-16 units in UCS-2. */
  readonly units: number;
}

const basicAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Two septets each: an escape, and the character. */
const extensionAlphabet = '\f^{}\\[~]|€';

const septetsByCharCode = new Uint8Array(0x1_00_00);
for (const character of basicAlphabet) septetsByCharCode[character.charCodeAt(0)] = 1;
for (const character of extensionAlphabet) septetsByCharCode[character.charCodeAt(0)] = 2;

const gsm7 = { single: 160, joined: 153 };
const ucs2 = { single: 70, joined: 67 };

/**
 * How a phone network sends `text`. A character that takes two units is never parted by a segment's end,
 * so a segment may stay one unit short.
 */
export function smsSegments(text: string): SmsSegments {
  const septets = septetsOf(text);
  if (septets !== undefined) {
    const segments = septets <= gsm7.single ? 1 : countSegments(gsm7.joined, widthsInGsm7(text));
    return { encoding: 'GSM-7', segments, units: septets };
  }
  const segments = text.length <= ucs2.single ? 1 : countSegments(ucs2.joined, widthsInUcs2(text));
  return { encoding: 'UCS-2', segments, units: text.length };
}

/** Undefined when a character is not in the alphabet. */
function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (let index = 0; index < text.length; index++) {
    const width = septetsByCharCode[text.charCodeAt(index)];
    if (!width) return undefined;
    septets += width;
  }
  return septets;
}

function* widthsInGsm7(text: string): Iterable<number> {
  for (let index = 0; index < text.length; index++) yield septetsByCharCode[text.charCodeAt(index)] ?? 0;
}

/** One unit a character, two for those that UTF-16 writes as a surrogate pair. */
function* widthsInUcs2(text: string): Iterable<number> {
  for (const character of text) yield character.length;
}

function countSegments(capacity: number, widths: Iterable<number>): number {
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > capacity) {
      segments++;
      used = 0;
    }
    used += width;
  }
  return segments;
}
