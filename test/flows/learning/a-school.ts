import type { Channel } from '../../../src/delivery/index.ts';
import { type Printer, pdfPrinter } from '../../../src/flows/learning/award.ts';
import { sampleSigner } from '../../../src/flows/learning/certificate.ts';
import { beginsAtMs, entriesOf, readRows } from '../../../src/flows/learning/input.ts';
import { learningMessages } from '../../../src/flows/learning/messages.ts';
import { reportOf } from '../../../src/flows/learning/report.ts';
import type { LearningRow } from '../../../src/flows/learning/row.ts';
import { learningPipeline } from '../../../src/flows/learning/run.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { type FlowWorld, feed } from '../../../src/pipeline-runtime/index.ts';
import { type BusName, playOnce } from '../a-life.ts';
import { MailProvider } from '../mail-provider.ts';

export const sampleRows = (): Promise<readonly LearningRow[]> =>
  readRows({ kind: 'sample' }, seededRandom(1));

export const mailProvider = (): MailProvider => new MailProvider(beginsAtMs);

export async function teach(
  world: FlowWorld,
  rows: readonly LearningRow[],
  { channel, printer }: { readonly channel: Channel; readonly printer: Printer },
) {
  const pipeline = learningPipeline(world, { channel, printer, signer: sampleSigner() });
  pipeline.start();
  await feed(pipeline, world.clock, entriesOf(rows));
  return reportOf(pipeline, rows.length);
}

export async function playRows(
  busName: BusName,
  rows: readonly LearningRow[],
  printer: Printer = pdfPrinter,
) {
  const provider = mailProvider();
  const flow = { catalogue: learningMessages, beginsAtMs };
  const played = await playOnce(busName, flow, (world) =>
    teach(world, rows, { channel: provider.channel, printer }),
  );
  return { ...played, mails: [...provider.sent.values()] };
}
