import { account, disordered, type Journal, saidTwice } from '../journal.ts';
import type { Orders } from '../orders-that-come.ts';
import type { Victim } from './fleet.ts';

/** One or several kills, shortly one after the other. Moments are those of `performance.now()`. */
export interface Accident {
  readonly victims: readonly Victim[];
  /** When the first was killed. */
  readonly atMs: number;
  /** When a customer was told what was asked for behind the last kill. */
  readonly toldMs: number;
  /** How long that was from when there was somebody who could: another worker, the api or the server again. */
  readonly takeOverMs: number;
}

export interface Judgement {
  readonly accidents: readonly Accident[];
  /** Notifications that an acknowledged command leads to. */
  readonly promised: number;
  readonly lost: readonly string[];
  /** Mails that nothing leads to. */
  readonly unasked: readonly string[];
  /** Orders of which something was said before what came first. */
  readonly disordered: readonly string[];
  /** Mails that the provider was given again, under the same key. */
  readonly repeated: number;
  /** Of those, the ones that were in hand at no accident. */
  readonly repeatedWithout: readonly string[];
  /** How long after the first time the last of them was given, at most. */
  readonly latestAgainMs: number;
  /** What ended though nobody had killed it. */
  readonly deaths: readonly string[];
}

/** What was given to the provider so long before an accident is on record. */
const inHandMs = 1000;

/** What the provider has in its journal, held against what was promised and what happened. */
export function judge(
  deployment: Journal,
  orders: Pick<Orders, 'promised' | 'payments'>,
  { accidents, deaths }: Pick<Judgement, 'accidents' | 'deaths'>,
): Judgement {
  const { lost, unasked, repeated } = account(deployment, [orders]);
  const inHand = saidTwice(deployment).map(({ first, again }) => {
    const [firstMs, againMs] = [first, again].map((nr) => deployment.mail.mails[nr]?.atMs ?? 0) as [
      number,
      number,
    ];
    // In hand at one accident, or where the next one came before that could be put on record, at several.
    const wasInHand = accidents.find(
      ({ atMs, toldMs }) => firstMs > atMs - inHandMs && firstMs < toldMs + inHandMs,
    );
    const cause = accidents.find(
      ({ atMs, toldMs }) =>
        atMs >= (wasInHand?.atMs ?? Infinity) && againMs > atMs && againMs < toldMs + inHandMs,
    );
    return { cause, words: `${firstMs.toFixed(0)} and ${againMs.toFixed(0)}`, laterMs: againMs - firstMs };
  });
  return {
    accidents,
    deaths,
    promised: orders.promised.length,
    lost,
    unasked,
    repeated,
    disordered: disordered(deployment, orders),
    repeatedWithout: inHand.flatMap(({ cause, words }) => (cause === undefined ? words : [])),
    latestAgainMs: Math.max(0, ...inHand.map(({ laterMs }) => laterMs)),
  };
}
