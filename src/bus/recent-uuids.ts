/** Four numbers of 32 bits. */
export type UuidWords = Uint32Array;

const words = 4;
const free = -1;
const fewest = 64;

/**
 * Remembers the latest UUIDs: their numbers in one block, in the order of their coming, and a table that finds them by open addressing.
 * A quarter of the memory of a Set of their texts, and nothing for the garbage collector to walk through.
 */
export class RecentUuids {
  readonly #capacity: number;
  /** One after the other, as a ring once there are as many as may be. */
  #entries: Uint32Array;
  /** The place of an entry, at the slot of its hash or behind it. */
  #slots: Int32Array;
  #size = 0;
  #oldest = 0;

  /** @param capacity at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    const room = Math.min(capacity, fewest);
    this.#entries = new Uint32Array(room * words);
    this.#slots = slotsFor(room);
  }

  /** Whether it is new; from then on it is not. */
  add(uuid: UuidWords): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const entries = this.#entries;
    const one = uuid[0];
    const two = uuid[1];
    const three = uuid[2];
    const four = uuid[3];
    for (let slot = hashOf(uuid, 0) & mask; slots[slot] !== free; slot = (slot + 1) & mask) {
      const at = (slots[slot] as number) * words;
      if (
        entries[at] === one &&
        entries[at + 1] === two &&
        entries[at + 2] === three &&
        entries[at + 3] === four
      )
        return false;
    }
    if (this.#size === this.#capacity) {
      this.#remove(this.#oldest);
      this.#put(uuid, this.#oldest);
      this.#oldest = (this.#oldest + 1) % this.#capacity;
      return true;
    }
    if ((this.#size + 1) * words > entries.length) this.#grow();
    this.#put(uuid, this.#size++);
    return true;
  }

  #put(uuid: UuidWords, place: number): void {
    const at = place * words;
    // `set` takes longer for so few.
    for (let word = 0; word < words; word++) this.#entries[at + word] = uuid[word] as number;
    this.#index(place);
  }

  #index(place: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#homeOf(place);
    while (slots[slot] !== free) slot = (slot + 1) & mask;
    slots[slot] = place;
  }

  /** Those behind it that it had pushed from their slots move up: none is cut off from its hash. */
  #remove(place: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#homeOf(place);
    while (slots[hole] !== place) hole = (hole + 1) & mask;
    for (let slot = (hole + 1) & mask; slots[slot] !== free; slot = (slot + 1) & mask) {
      const at = slots[slot] as number;
      if (((slot - this.#homeOf(at)) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = at;
      hole = slot;
    }
    slots[hole] = free;
  }

  /** The slot that an entry would have if there were no others. */
  #homeOf(place: number): number {
    return hashOf(this.#entries, place * words) & (this.#slots.length - 1);
  }

  #grow(): void {
    const room = Math.min(2 * (this.#entries.length / words), this.#capacity);
    const entries = new Uint32Array(room * words);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = slotsFor(room);
    for (let place = 0; place < this.#size; place++) this.#index(place);
  }
}

/** A power of two, at least twice as many as there are entries: so a search ends soon. */
const slotsFor = (room: number): Int32Array => new Int32Array(2 ** Math.ceil(Math.log2(2 * room))).fill(free);

function hashOf(numbers: Uint32Array, at: number): number {
  const low = Math.imul(numbers[at + 2] as number, 0xc2b2ae35) ^ (numbers[at + 3] as number);
  const high = (numbers[at] as number) ^ Math.imul(numbers[at + 1] as number, 0x85ebca6b);
  const mixed = Math.imul(low ^ high, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

const length = 36;
const hyphen = '-'.charCodeAt(0);
/** By the code of a digit; below zero: it is none. */
const nibbles = new Int8Array(128).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries()) nibbles[digit.charCodeAt(0)] = value;

/** Writes its numbers, and says whether it is a UUID as they are written here: others that mean the same are other ids. */
export function readUuid(id: string, numbers: UuidWords): boolean {
  if (id.length !== length || !hasHyphens(id)) return false;
  const one = fourDigits(id, 0);
  const two = fourDigits(id, 4);
  const three = fourDigits(id, 9);
  const four = fourDigits(id, 14);
  const five = fourDigits(id, 19);
  const six = fourDigits(id, 24);
  const seven = fourDigits(id, 28);
  const eight = fourDigits(id, 32);
  numbers[0] = (one << 16) | two;
  numbers[1] = (three << 16) | four;
  numbers[2] = (five << 16) | six;
  numbers[3] = (seven << 16) | eight;
  return (one | two | three | four | five | six | seven | eight) >= 0;
}

/** Below zero when one of them is no digit. */
const fourDigits = (id: string, at: number): number =>
  (digit(id, at) << 12) | (digit(id, at + 1) << 8) | (digit(id, at + 2) << 4) | digit(id, at + 3);

function digit(id: string, at: number): number {
  const code = id.charCodeAt(at);
  return code < 128 ? (nibbles[code] as number) : -1;
}

const hasHyphens = (id: string): boolean =>
  isHyphen(id, 8) && isHyphen(id, 13) && isHyphen(id, 18) && isHyphen(id, 23);

const isHyphen = (id: string, at: number): boolean => id.charCodeAt(at) === hyphen;
