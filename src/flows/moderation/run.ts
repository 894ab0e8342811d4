import { millisecondsInHour } from 'date-fns/constants';
import { type Channel, captureEmail } from '../../delivery/index.ts';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { appealStage } from './appeal.ts';
import { admitStage } from './authors.ts';
import { contentStage } from './contents.ts';
import { decideStage } from './decide.ts';
import { enforceStage, MemoryPlatform, type Platform } from './enforce.ts';
import { filterStage } from './filters.ts';
import { entriesOf, type Row, readRows, scoresOf } from './input.ts';
import type { ModerationMessages } from './messages.ts';
import { type Model, scoreStage } from './model.ts';
import { bayesModel, examples, tableModel } from './models.ts';
import { reportOf } from './report.ts';
import { reviewStage } from './review.ts';
import { statementStage } from './statements.ts';

/** Whom moderation needs beyond itself. */
export interface ModerationPorts {
  readonly model: Model;
  readonly platform: Platform;
  /** Of mails. */
  readonly channel: Channel;
}

/** The stages of moderation over the world's bus. */
export const moderationPipeline = (
  world: FlowWorld,
  { model, platform, channel }: ModerationPorts,
): Pipeline<ModerationMessages> =>
  new Pipeline<ModerationMessages>({
    ...world,
    stages: [
      admitStage,
      filterStage,
      scoreStage(model, world.clock),
      decideStage,
      reviewStage,
      enforceStage(platform),
      statementStage(channel),
      appealStage,
      contentStage,
    ],
  });

/** An hour behind the last that somebody does, what was begun is done. What waits for people then, waits. */
export const endOf = (rows: readonly Row[]): number =>
  rows.reduce((latest, { atMs }) => Math.max(latest, atMs), 0) + millisecondsInHour;

/** Reads what people do, and gives what moderates it. Days that nobody comes take no time. */
export async function prepareModeration(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  const model = tableModel(scoresOf(rows), bayesModel(examples));
  return (world) => {
    const { clock } = world;
    const channel = captureEmail({ clock });
    const pipeline = moderationPipeline(world, { model, platform: new MemoryPlatform(), channel });
    return {
      pipeline,
      play: () => feed(pipeline, clock, entriesOf(rows), { untilMs: endOf(rows) }),
      report: () => reportOf(pipeline, clock.now()),
    };
  };
}
