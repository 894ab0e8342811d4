import { millisecondsInHour } from 'date-fns/constants';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { leaderboardStage, Ranking } from './board.ts';
import { countStage } from './counts.ts';
import { antiCheatStage, validateStage } from './guard.ts';
import { entriesOf, type Row, readRows } from './input.ts';
import type { GameMessages } from './messages.ts';
import { achievementStage, stateStage } from './play.ts';
import { reportOf } from './report.ts';
import { MemoryWallet, notifyStage, rewardStage, type Wallet, walletStage } from './rewards.ts';

export interface GamePorts {
  readonly wallet: Wallet;
  readonly ranking: Ranking;
}

/** The stages of the game over the world's bus. */
export const gamePipeline = (world: FlowWorld, { wallet, ranking }: GamePorts): Pipeline<GameMessages> =>
  new Pipeline<GameMessages>({
    ...world,
    stages: [
      validateStage,
      antiCheatStage,
      stateStage,
      achievementStage,
      leaderboardStage(ranking),
      rewardStage,
      walletStage(wallet),
      notifyStage,
      countStage,
    ],
  });

/** Plays what players do; an hour behind it a wallet that was down has long been asked again. */
export async function playRows(
  pipeline: Pipeline<GameMessages>,
  { clock }: Pick<FlowWorld, 'clock'>,
  { rows, ranking }: { readonly rows: readonly Row[]; readonly ranking: Ranking },
): Promise<void> {
  await ranking.fill(pipeline);
  const lastMs = rows.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  await feed(pipeline, clock, entriesOf(rows), { untilMs: lastMs + millisecondsInHour });
}

/** Reads what players do, and gives the game that they play. */
export async function prepareGame(input: FlowInput, random: Random): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  const received = rows.filter(({ by }) => by === '').length;
  return (world) => {
    const ranking = new Ranking();
    const pipeline = gamePipeline(world, { wallet: new MemoryWallet(), ranking });
    return {
      pipeline,
      play: () => playRows(pipeline, world, { rows, ranking }),
      report: () => reportOf(pipeline, ranking, received),
    };
  };
}
