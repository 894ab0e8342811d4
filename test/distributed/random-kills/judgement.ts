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
  /** Of those, the ones that were in hand at no accident, or were said again too late behind it. */
  readonly repeatedWithout: readonly string[];
  /** How long after the first time the last of them was given, at most. */
  readonly latestAgainMs: number;
  /** What ended though nobody had killed it. */
  readonly deaths: readonly string[];
}

/** Of the deployments that are stormed. */
export const leaseSeconds = 4;

/** What was given to the provider so long before an accident is on record. */
const inHandMs = 1000;

/**
 * Whether what was said at both moments was in hand at an accident, and was said again by whoever took over: within two leases of
 * there being somebody, or, where the next accident came before that, within two leases of there being somebody behind that one.
 */
function hasCause(accidents: readonly Accident[], firstMs: number, againMs: number): boolean {
  const [accident, ...later] = accidents.filter(({ toldMs }) => firstMs < toldMs + inHandMs);
  if (accident === undefined || firstMs <= accident.atMs - inHandMs || againMs <= accident.atMs) return false;
  let untilMs = takenOverMs(accident);
  for (const next of later) if (next.atMs < untilMs) untilMs = Math.max(untilMs, takenOverMs(next));
  return againMs < untilMs;
}

const takenOverMs = ({ toldMs, takeOverMs }: Accident): number =>
  toldMs - takeOverMs + 2 * leaseSeconds * 1000;

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
    return {
      hasCause: hasCause(accidents, firstMs, againMs),
      words: `${firstMs.toFixed(0)} and ${againMs.toFixed(0)}`,
      laterMs: againMs - firstMs,
    };
  });
  return {
    accidents,
    deaths,
    promised: orders.promised.length,
    lost,
    unasked,
    repeated,
    disordered: disordered(deployment, orders),
    repeatedWithout: inHand.flatMap(({ hasCause, words }) => (hasCause ? [] : words)),
    latestAgainMs: Math.max(0, ...inHand.map(({ laterMs }) => laterMs)),
  };
}
