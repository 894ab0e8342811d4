import { expect, test } from 'vitest';
import { type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Catalogue, createMessage } from '../../../src/events/index.ts';
import { beginsAtMs } from '../../../src/flows/game/input.ts';
import { type GameMessages, gameMessages as messages } from '../../../src/flows/game/messages.ts';
import { rewardStage } from '../../../src/flows/game/rewards.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { Pipeline } from '../../../src/pipeline-runtime/index.ts';

const nut = { playerId: 'nut', hops: 0 };
const won = (strike: number) => ({ ...nut, key: 'golden' as const, coins: 50, strike });
const judged = (strike: number) => ({ ...nut, strike, by: 'judge' });

const ports = {
  clock: new VirtualClock(beginsAtMs),
  ids: createIds(new VirtualClock(beginsAtMs), seededRandom(2)),
};
const unlocked = createMessage(ports, messages.AchievementUnlocked, won(1));
const unlockedLater = createMessage(ports, messages.AchievementUnlocked, won(2));
const cleared = createMessage(ports, messages.StrikeCleared, judged(1));
const banned = createMessage(ports, messages.PlayerBanned, judged(1));

/** Both take ways of their own to this stage: either may be the first. */
test.each([
  ['won, then cleared', [unlocked, cleared], ['RewardWithheld', 'RewardDue']],
  ['cleared, then won', [cleared, unlocked], ['RewardDue']],
  ['cleared, then won under the next strike', [cleared, unlockedLater], ['RewardWithheld']],
  ['won, then banned', [unlocked, banned], ['RewardWithheld']],
  ['banned, then won', [banned, unlocked], []],
])('%s: it does not matter what comes first', async (_, submitted, expected) => {
  const clock = new VirtualClock(beginsAtMs);
  const random = seededRandom(1);
  const catalogue: Catalogue = messages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> = new InMemoryEventBus({ catalogue, clock, random });
  const said: string[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async ({ type }) => void said.push(type) });
  const pipeline = new Pipeline<GameMessages>({
    bus,
    clock,
    ids: createIds(clock, random),
    random,
    stages: [rewardStage],
  });
  pipeline.start();
  await pipeline.submit(submitted);
  await pipeline.settle();
  await pipeline.stop();
  await bus.close();

  expect(said.filter((type) => type.startsWith('Reward'))).toEqual(expected);
});
