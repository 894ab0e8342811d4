import type { Random } from '../../../src/kernel/index.ts';
import { pause, startDeployment } from '../deployment.ts';
import { allIsSaid, nextMail } from '../journal.ts';
import type { Orders } from '../orders-that-come.ts';
import { Fleet, longestMs, type Victim, victims } from './fleet.ts';
import { type Accident, type Judgement, judge, leaseSeconds } from './judgement.ts';

export interface StormOptions {
  /** How many consumers there are. */
  readonly workers: number;
  readonly kills: number;
  /** Says who is killed, and when. */
  readonly random: Random;
  /** What a process runs. Default: what is built for tests. */
  readonly program?: readonly string[];
  /** Told of each kill. */
  readonly onKill?: (victim: Victim) => void;
  /** Told of each accident when it is over. */
  readonly onAccident?: (accident: Accident) => void;
}

/**
 * A deployment under load, in which processes are killed by `kill -9` at random moments and started again: consumers, the api,
 * and the server of the database; now and then a second one while somebody takes over from the first.
 * @throws when customers are not told any more.
 */
export async function storm(options: StormOptions): Promise<Judgement> {
  const { workers, kills, random, program, onAccident } = options;
  const common = { LEASE_SECONDS: String(leaseSeconds), DRAIN_SECONDS: '5' };
  const deployment = await startDeployment(common, program);
  const fleet = new Fleet(deployment, workers, random);
  let orders: Orders | undefined;
  try {
    orders = await fleet.open();
    const accidents: Accident[] = [];
    for (let killed = 0; killed < kills; ) {
      await pause(100 + random.next() * 1500);
      const most = Math.min(kills - killed, random.next() < 0.2 ? 2 : 1);
      const told = () => nextMail(deployment, orders as Orders, longestMs);
      const accident = await happens(most, { ...options, fleet, told });
      killed += accident.victims.length;
      accidents.push(accident);
      onAccident?.(accident);
    }
    await orders.end();
    await allIsSaid(deployment, [orders], longestMs);
    return judge(deployment, orders, { accidents, deaths: fleet.deaths });
  } catch (thrown) {
    throw new Error(await fleet.state(), { cause: thrown });
  } finally {
    orders?.abandon();
    fleet.end();
    await deployment.close();
  }
}

interface Circumstances extends Pick<StormOptions, 'random' | 'onKill'> {
  readonly fleet: Fleet;
  /** Resolves when a customer is told what was asked for from now on. */
  told(): Promise<unknown>;
}

/** @param most How many are killed. */
async function happens(most: number, { fleet, random, told, onKill }: Circumstances): Promise<Accident> {
  const killed: Victim[] = [];
  const returns: Promise<void>[] = [];
  let atMs: number | undefined;
  let backMs = 0;
  const noteBack = (): void => {
    backMs = performance.now();
  };
  while (killed.length < most) {
    if (killed.length > 0) await pause(random.next() * 800);
    const victim = victims[Math.floor(random.next() * victims.length)] ?? 'consumer';
    killed.push(victim);
    onKill?.(victim);
    const killing = await fleet.kill(victim);
    noteBack();
    atMs ??= killing.atMs;
    returns.push(killing.back.then(noteBack));
  }
  await told();
  const toldMs = performance.now();
  await Promise.all(returns);
  return { victims: killed, atMs: atMs ?? toldMs, toldMs, takeOverMs: Math.max(0, toldMs - backMs) };
}
