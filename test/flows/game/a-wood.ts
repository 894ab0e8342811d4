import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { Ranking } from '../../../src/flows/game/board.ts';
import { beginsAtMs, type Row, readRows } from '../../../src/flows/game/input.ts';
import { type GameMessages, gameMessages } from '../../../src/flows/game/messages.ts';
import { reportOf } from '../../../src/flows/game/report.ts';
import { MemoryWallet, type Wallet } from '../../../src/flows/game/rewards.ts';
import { gamePipeline, playRows } from '../../../src/flows/game/run.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** What passes over the bus. */
export type Said = {
  [Type in keyof GameMessages]: {
    readonly type: Type;
    readonly time: string;
    readonly data: GameMessages[Type];
  };
}[keyof GameMessages];

export const sampleRows = (): Promise<readonly Row[]> => readRows({ kind: 'sample' }, seededRandom(1));

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly wallet: Wallet;
  nowMs: number;
  lives: number;
}

export const anOutside = <Some extends Wallet>(wallet: Some) => ({
  datastore: openDatastore(),
  wallet,
  nowMs: beginsAtMs,
  lives: 0,
});

/** One process that the game is played in; `onMessage` sees all that passes. */
export function aProcess(busName: BusName, outside: Outside, onMessage: (message: Said) => void = () => {}) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore, wallet } = outside;
  const catalogue: Catalogue = gameMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  const ranking = new Ranking();
  const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
  const pipeline = gamePipeline(world, { wallet, ranking });
  bus.subscribe({
    name: 'onlooker',
    handles: '*',
    handle: async (message) => onMessage(message as Said),
  });
  return {
    clock,
    async play(rows: readonly Row[]) {
      pipeline.start();
      await playRows(pipeline, world, { rows, ranking });
      const report = await reportOf(pipeline, ranking, rows.filter(({ by }) => by === '').length);
      const players = new Map<string, unknown>();
      for await (const { key, value } of pipeline.statesOf('state')) players.set(key, value);
      await bus.close();
      return { report, players };
    },
  };
}

export async function playGame(busName: BusName, rows: readonly Row[], wallet = new MemoryWallet()) {
  const outside = anOutside(wallet);
  const said: Said[] = [];
  const { report, players } = await aProcess(busName, outside, (message) => said.push(message)).play(rows);
  await outside.datastore.close();
  return { report, players, said, wallet };
}

/** All of one type, in the order in which they passed. */
export const only = <Type extends keyof GameMessages>(said: readonly Said[], type: Type) =>
  said.filter((each): each is Extract<Said, { type: Type }> => each.type === type);

export const failedChecks = ({ checks }: { checks: readonly { holds: boolean }[] }) =>
  checks.filter(({ holds }) => !holds);

/** A row by its essentials, in milliseconds since the beginning. */
export const row = (
  ms: number,
  playerId: string,
  seq: number,
  does: Row['does'],
  metres: number | null = null,
): Row => ({
  atMs: beginsAtMs + ms,
  playerId,
  matchId: 'm1',
  seq,
  does,
  metres,
  by: does === 'clear' || does === 'ban' ? 'judge' : '',
});
