/**
 * Squirrels gather acorns: a server that believes nobody, a leaderboard, achievements and coins, and people who look at cheats.
 *
 * @example
 * ```ts
 * import { gameFlow } from './src/flows/game/index.ts';
 *
 * console.log(gameFlow.name, gameFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { gameMessages } from './messages.ts';
import { prepareGame } from './run.ts';
import { typedActions } from './typed.ts';

export const gameFlow: Flow = {
  name: 'game',
  does: 'squirrels gather acorns: what nobody can do is rejected, a leaderboard, achievements, coins',
  shows: 'a guard that believes no client; a ranking as a view in memory',
  catalogue: gameMessages,
  beginsAtMs,
  columns,
  typed: typedActions,
  prepare: prepareGame,
};
