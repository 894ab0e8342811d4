import { type Channel, captureEmail } from '../../delivery/index.ts';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { analyticsStage } from './analytics.ts';
import {
  certificateStage,
  congratulateStage,
  handyPrinter,
  leaderboardStage,
  type Printer,
  pdfPrinter,
  pointsStage,
} from './award.ts';
import { type Signer, sampleSigner } from './certificate.ts';
import { entriesOf, readRows } from './input.ts';
import type { LearningMessages } from './messages.ts';
import { reportOf } from './report.ts';
import { reviewStage } from './review.ts';
import { feedbackStage, gradeStage, progressStage, validateStage } from './study.ts';

/** Whom the school needs beyond itself. */
export interface LearningPorts {
  readonly channel: Channel;
  readonly printer: Printer;
  readonly signer: Signer;
}

/** The stages of the school over the world's bus. */
export const learningPipeline = (
  world: FlowWorld,
  { channel, printer, signer }: LearningPorts,
): Pipeline<LearningMessages> => {
  const handy = handyPrinter(printer);
  return new Pipeline<LearningMessages>({
    ...world,
    stages: [
      validateStage,
      gradeStage,
      feedbackStage,
      reviewStage,
      progressStage,
      certificateStage(handy, signer),
      congratulateStage(channel, handy),
      pointsStage,
      leaderboardStage,
      analyticsStage,
    ],
  });
};

/** Reads what learners do, and gives what takes it and says how they are. */
export async function prepareLearning(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  return (world) => {
    const channel = captureEmail({ clock: world.clock });
    const signer = sampleSigner();
    const pipeline = learningPipeline(world, { channel, printer: pdfPrinter, signer });
    return {
      pipeline,
      play: () => feed(pipeline, world.clock, entriesOf(rows)),
      report: () => reportOf(pipeline, rows.length),
    };
  };
}
