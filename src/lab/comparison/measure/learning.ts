import type { ApiDriven } from '../../../api-driven/index.ts';
import { createWorld, stockSampleShop, type World } from '../../../shop/index.ts';
import type { Learning } from '../comparison.ts';
import { inMemory, inPlace, type NewPlace } from './places.ts';
import { optionsOf, type Variant } from './variants.ts';

const startMs = Date.parse('2026-03-02T10:00:00Z');
/** Of Dev, who has no phone. */
const orderId = 'ord-1004';

/** What a caller learns of what became of its notification, seen in a run. */
export function measureLearning(variant: Variant, newPlace: NewPlace = inMemory): Promise<Learning> {
  return inPlace(newPlace, async (datastore) => {
    await stockSampleShop(datastore);
    const world = createWorld({ startMs, ...optionsOf(variant), datastore });
    try {
      await world.architecture.start();
      const answer = await world.during(world.architecture.services.ordering.shipOrder({ orderId }));
      const caller = await callerLearns(world, answer);
      await world.finish();
      return { ...variant, caller };
    } finally {
      await world.close();
    }
  });
}

interface Answer {
  readonly notificationId: string;
  readonly channels: readonly { readonly status: string }[];
}

async function callerLearns(world: World, answer: unknown): Promise<Learning['caller']> {
  if (!isAnswer(answer)) return 'nothing';
  if (isOver(answer)) return 'in-the-answer';
  const { notifications } = world.architecture as Partial<ApiDriven>;
  const outcome = await world.during(
    notifications?.outcomeOf(answer.notificationId, { withinMs: 1000 }) ?? Promise.resolve(undefined),
  );
  return outcome !== undefined && isOver(outcome) ? 'when-it-asks' : 'nothing';
}

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === 'object' && answer !== null && 'channels' in answer && 'notificationId' in answer;

const isOver = ({ channels }: Answer): boolean => channels.every(({ status }) => status !== 'pending');
