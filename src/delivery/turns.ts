import { millisecondsInMinute } from 'date-fns/constants';
import type { Clock } from '../kernel/index.ts';

/** What a delivery whose turn has not come is told: one of the two, once. */
export interface Waiting {
  /** It is its turn. */
  proceed(): void;
  /**
   * It had better wait in the ledger, and be asked again then: the one before it goes no earlier, or has taken so long
   * that what spoke for sending this one may be no longer so.
   */
  putOff(untilMs: number): void;
}

/** So long it holds what was found when it came: that no rule speaks against it. */
const holdsForMs = millisecondsInMinute;

interface Waiter {
  readonly waiting: Waiting;
  readonly sinceMs: number;
}

/** One delivery in its line. */
interface Place {
  readonly id: string;
  /** It is in memory, and its turn has not come. */
  waiter: Waiter | undefined;
  /** It is in the ledger until then. */
  putOffUntilMs: number | undefined;
  /** It came before one whose time had come: that one, and its time. */
  sentBackBehind: string | undefined;
}

/** In the order in which they came. */
type Line = Place[];

/**
 * Deliveries of one subject to one customer leave one after the other, in the order in which they came, however often
 * the first of them has to be tried: a customer does not hear that an order was delivered before hearing that it is
 * on its way. Knows those that somebody is to bring, that are in hand or wait for a retry, of this process; of too many
 * it forgets the oldest.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #lines = new Map<string, Line>();
  readonly #most: number;

  /** @param clock One that makes no steps. */
  constructor(clock: Clock, most = 100_000) {
    this.#clock = clock;
    this.#most = most;
  }

  /** It comes to be sent: at once, when its turn has come. */
  come(key: string, id: string, waiting: Waiting): void {
    const line = this.#line(key);
    const place = placeIn(line, id);
    place.putOffUntilMs = undefined;
    this.#forgetLost(line, place);
    const [first] = line;
    if (first === undefined || first === place) waiting.proceed();
    else if (first.putOffUntilMs !== undefined)
      waiting.putOff(behind(first.putOffUntilMs, this.#clock.now()));
    else place.waiter = { waiting, sinceMs: this.#clock.now() };
  }

  /** Somebody has it and will bring it: those that are entered behind it wait for it, whoever is quicker. */
  expect(key: string, id: string): void {
    placeIn(this.#line(key), id).putOffUntilMs = undefined;
  }

  /** It waits in the ledger until then, and keeps its turn. */
  putOff(key: string, id: string, untilMs: number): void {
    const line = this.#lines.get(key);
    const place = line?.find((each) => each.id === id);
    if (line === undefined || place === undefined) return;
    place.putOffUntilMs = untilMs;
    if (line[0] === place) putOffAll(line, untilMs);
  }

  /** It has come to its end, or waits for a reason of its own: the next one's turn. */
  leave(key: string, id: string): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    const at = line.findIndex((place) => place.id === id);
    if (at < 0) return;
    // Nearly always it is alone.
    if (line.length === 1) {
      this.#lines.delete(key);
      return;
    }
    line.splice(at, 1);
    if (at === 0) this.#callNext(line);
  }

  /**
   * One whose time has come is in the ledger still, where a provider that is asked slowly has room for few: whoever
   * comes before it goes back, and is due behind it there. If it has not come by the next time, it is not waited for:
   * it has been dealt with elsewhere.
   */
  #forgetLost(line: Line, place: Place): void {
    const nowMs = this.#clock.now();
    for (let first = line[0]; first !== undefined; first = line[0]) {
      const untilMs = first.putOffUntilMs;
      if (untilMs === undefined || untilMs > nowMs) return;
      const awaited = `${first.id} ${untilMs}`;
      if (place.sentBackBehind !== awaited) {
        place.sentBackBehind = awaited;
        return;
      }
      line.shift();
    }
  }

  #callNext(line: Line): void {
    const [next] = line;
    if (next === undefined) return;
    const { waiter, putOffUntilMs } = next;
    next.waiter = undefined;
    if (putOffUntilMs !== undefined) putOffAll(line, putOffUntilMs);
    else if (waiter !== undefined) this.#call(waiter);
  }

  #call({ waiting, sinceMs }: Waiter): void {
    const nowMs = this.#clock.now();
    if (nowMs - sinceMs > holdsForMs) waiting.putOff(nowMs);
    else waiting.proceed();
  }

  #line(key: string): Line {
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = [];
    this.#lines.set(key, line);
    if (this.#lines.size > this.#most) this.#forgetOne();
    return line;
  }

  /** Nobody in memory waits for one whose whole line is in the ledger. */
  #forgetOne(): void {
    for (const [key, line] of this.#lines) {
      if (line.length === 0 || line.some(({ putOffUntilMs }) => putOffUntilMs === undefined)) continue;
      this.#lines.delete(key);
      return;
    }
  }
}

function placeIn(line: Line, id: string): Place {
  const known = line.find((place) => place.id === id);
  if (known !== undefined) return known;
  const place: Place = { id, waiter: undefined, putOffUntilMs: undefined, sentBackBehind: undefined };
  line.push(place);
  return place;
}

function putOffAll(line: Line, untilMs: number): void {
  const all = line.map(({ waiter }) => waiter);
  for (const place of line) place.waiter = undefined;
  for (const waiter of all) waiter?.waiting.putOff(untilMs);
}

/**
 * When one is due that waits for another, which is due at `untilMs`: with it, or as soon as can be behind it once its time
 * has come. At the same time the ledger would give the earlier request first, and that may be the one that waits: of an
 * earlier process, whose turns are forgotten.
 */
const behind = (untilMs: number, nowMs: number): number =>
  untilMs > nowMs ? untilMs : Math.max(untilMs + 1, nowMs);
