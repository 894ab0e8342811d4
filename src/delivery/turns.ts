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

interface Line {
  /** In the order in which they came. */
  readonly ids: string[];
  /** Those in memory whose turn has not come. */
  readonly waiting: Map<string, Waiter>;
  /** Those in the ledger, and until when. */
  readonly putOffUntilMs: Map<string, number>;
  /** Those that came before one whose time had come: that one, and its time. */
  readonly sentBackBehind: Map<string, string>;
}

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
  come(line: string, id: string, waiting: Waiting): void {
    const known = this.#line(line);
    const { ids, waiting: others, putOffUntilMs } = known;
    if (!ids.includes(id)) ids.push(id);
    putOffUntilMs.delete(id);
    this.#forgetLost(known, id);
    const [first] = ids;
    const untilMs = first === undefined ? undefined : putOffUntilMs.get(first);
    if (first === id) waiting.proceed();
    else if (untilMs !== undefined) waiting.putOff(behind(untilMs, this.#clock.now()));
    else others.set(id, { waiting, sinceMs: this.#clock.now() });
  }

  /** Somebody has it and will bring it: those that are entered behind it wait for it, whoever is quicker. */
  expect(line: string, id: string): void {
    const { ids, putOffUntilMs } = this.#line(line);
    if (!ids.includes(id)) ids.push(id);
    putOffUntilMs.delete(id);
  }

  /** It waits in the ledger until then, and keeps its turn. */
  putOff(line: string, id: string, untilMs: number): void {
    const known = this.#lines.get(line);
    if (known === undefined) return;
    known.putOffUntilMs.set(id, untilMs);
    if (known.ids[0] === id) this.#putOffAll(known, untilMs);
  }

  /** It has come to its end, or waits for a reason of its own: the next one's turn. */
  leave(line: string, id: string): void {
    const known = this.#lines.get(line);
    if (known === undefined) return;
    const at = known.ids.indexOf(id);
    // Nearly always it is alone.
    if (at === 0 && known.ids.length === 1) {
      this.#lines.delete(line);
      return;
    }
    if (at >= 0) known.ids.splice(at, 1);
    known.waiting.delete(id);
    known.putOffUntilMs.delete(id);
    known.sentBackBehind.delete(id);
    const [next] = known.ids;
    if (next === undefined) this.#lines.delete(line);
    else if (at === 0) this.#callNext(known, next);
  }

  /**
   * One whose time has come is in the ledger still, where a provider that is asked slowly has room for few: whoever
   * comes before it goes back, and is due behind it there. If it has not come by the next time, it is not waited for:
   * it has been dealt with elsewhere.
   */
  #forgetLost({ ids, putOffUntilMs, sentBackBehind }: Line, id: string): void {
    const nowMs = this.#clock.now();
    for (let first = ids[0]; first !== undefined; first = ids[0]) {
      const untilMs = putOffUntilMs.get(first);
      if (untilMs === undefined || untilMs > nowMs) return;
      const awaited = `${first} ${untilMs}`;
      if (sentBackBehind.get(id) !== awaited) {
        sentBackBehind.set(id, awaited);
        return;
      }
      putOffUntilMs.delete(first);
      ids.shift();
    }
  }

  #callNext(line: Line, next: string): void {
    const untilMs = line.putOffUntilMs.get(next);
    const waiter = line.waiting.get(next);
    line.waiting.delete(next);
    if (untilMs !== undefined) this.#putOffAll(line, untilMs);
    else if (waiter !== undefined) this.#call(waiter);
  }

  #call({ waiting, sinceMs }: Waiter): void {
    const nowMs = this.#clock.now();
    if (nowMs - sinceMs > holdsForMs) waiting.putOff(nowMs);
    else waiting.proceed();
  }

  #putOffAll({ waiting }: Line, untilMs: number): void {
    const all = [...waiting.values()];
    waiting.clear();
    for (const { waiting: each } of all) each.putOff(untilMs);
  }

  #line(key: string): Line {
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = { ids: [], waiting: new Map(), putOffUntilMs: new Map(), sentBackBehind: new Map() };
    this.#lines.set(key, line);
    if (this.#lines.size > this.#most) this.#forgetOne();
    return line;
  }

  /** Nobody in memory waits for one whose whole line is in the ledger. */
  #forgetOne(): void {
    for (const [key, { ids, putOffUntilMs }] of this.#lines) {
      if (ids.length !== putOffUntilMs.size) continue;
      this.#lines.delete(key);
      return;
    }
  }
}

/**
 * When one is due that waits for another, which is due at `untilMs`: with it, or as soon as can be behind it once its time
 * has come. At the same time the ledger would give the earlier request first, and that may be the one that waits: of an
 * earlier process, whose turns are forgotten.
 */
const behind = (untilMs: number, nowMs: number): number =>
  untilMs > nowMs ? untilMs : Math.max(untilMs + 1, nowMs);
