import type { Stage } from '../../pipeline-runtime/index.ts';
import { type GameMessage, rejections } from './messages.ts';

export const countKeys = ['accepted', ...rejections] as const;

/** Of a player's actions. */
export type Tally = Readonly<Partial<Record<(typeof countKeys)[number], number>>>;

/** Counts what became of the actions. */
export const countStage: Stage<GameMessage<'ActionAccepted' | 'ActionRejected'>, never, Tally> = {
  name: 'counts',
  accepts: ['ActionAccepted', 'ActionRejected'],
  state: { initial: () => ({}) },
  handle({ type, data }, { state }) {
    const tally = state.get();
    const key = type === 'ActionAccepted' ? 'accepted' : data.reason;
    state.set({ ...tally, [key]: (tally[key] ?? 0) + 1 });
    return [];
  },
};
