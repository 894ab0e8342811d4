import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import { type Channel, captureEmail } from '../../../src/delivery/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { MemoryPlatform, type Platform } from '../../../src/flows/moderation/enforce.ts';
import { beginsAtMs, entriesOf, type Row, readRows, scoresOf } from '../../../src/flows/moderation/input.ts';
import { type ModerationMessages, moderationMessages } from '../../../src/flows/moderation/messages.ts';
import type { Model } from '../../../src/flows/moderation/model.ts';
import { bayesModel, examples, tableModel } from '../../../src/flows/moderation/models.ts';
import { reportOf } from '../../../src/flows/moderation/report.ts';
import { endOf, moderationPipeline } from '../../../src/flows/moderation/run.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { feed } from '../../../src/pipeline-runtime/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** What passes over the bus. */
export type Said = {
  [Type in keyof ModerationMessages]: {
    readonly type: Type;
    readonly time: string;
    readonly data: ModerationMessages[Type];
  };
}[keyof ModerationMessages];

export const sampleRows = (): Promise<readonly Row[]> => readRows({ kind: 'sample' }, seededRandom(1));

/** A row by its essentials: `minute who does content [score] [reach] [text]`. */
export const row = (
  minute: number,
  who: string,
  does: Row['does'],
  contentId: string,
  {
    score = null,
    reach = 100,
    text = `something about ${contentId}`,
  }: Partial<Pick<Row, 'score' | 'reach' | 'text'>> = {},
): Row => ({ atMs: beginsAtMs + minute * 60_000, who, does, contentId, score, reach, text });

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly platform: Platform;
  readonly channel: Channel;
  readonly model?: Model;
  nowMs: number;
  lives: number;
}

export const anOutside = () => ({
  datastore: openDatastore(),
  platform: new MemoryPlatform(),
  channel: captureEmail({ clock: new VirtualClock(beginsAtMs) }),
  nowMs: beginsAtMs,
  lives: 0,
});

/** One process that moderates; `onMessage` sees all that passes. */
export function aProcess(busName: BusName, outside: Outside, onMessage: (message: Said) => void = () => {}) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore, platform, channel } = outside;
  const catalogue: Catalogue = moderationMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => onMessage(message as Said) });
  return {
    clock,
    async play(rows: readonly Row[]) {
      const model = outside.model ?? tableModel(scoresOf(rows), bayesModel(examples));
      const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
      const pipeline = moderationPipeline(world, { model, platform, channel });
      pipeline.start();
      await feed(pipeline, clock, entriesOf(rows), { untilMs: endOf(rows) });
      const report = await reportOf(pipeline, clock.now());
      await bus.close();
      return report;
    },
  };
}

export async function moderate(busName: BusName, rows: readonly Row[], others: Partial<Outside> = {}) {
  const { platform, channel, ...world } = anOutside();
  const outside = { ...world, platform, channel, ...others };
  const said: Said[] = [];
  const report = await aProcess(busName, outside, (message) => said.push(message)).play(rows);
  await outside.datastore.close();
  return { report, said, mails: channel.outbox.all(), shown: platform.shown };
}

/** All of one type, in the order in which they passed. */
export const only = <Type extends keyof ModerationMessages>(said: readonly Said[], type: Type) =>
  said.filter((each): each is Extract<Said, { type: Type }> => each.type === type);

export const failedChecks = ({ checks }: { checks: readonly { holds: boolean }[] }) =>
  checks.filter(({ holds }) => !holds);
