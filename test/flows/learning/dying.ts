import { pdfPrinter } from '../../../src/flows/learning/award.ts';
import { beginsAtMs } from '../../../src/flows/learning/input.ts';
import { learningMessages } from '../../../src/flows/learning/messages.ts';
import type { LearningRow } from '../../../src/flows/learning/row.ts';
import type { Mortal } from '../a-life.ts';
import { mailProvider, teach } from './a-school.ts';

/** A school whose processes die; who prints and who sends its mails do not. */
export function mortalSchool(rows: readonly LearningRow[]) {
  const outside = () => {
    const provider = mailProvider();
    return { provider, channel: provider.channel, printer: { ...pdfPrinter } };
  };
  const flow: Mortal<ReturnType<typeof outside>> = {
    catalogue: learningMessages,
    beginsAtMs,
    outside,
    called: ['channel', 'printer'],
    run: (world, elsewhere) => teach(world, rows, elsewhere),
    endOf: ({ data }, { provider }) => [
      data,
      [...provider.sent.values()]
        .map(({ deliveryId, text, attachments }) => [
          deliveryId,
          text,
          ...attachments.map(({ content }) => Buffer.from(content).toString('base64')),
        ])
        .sort(),
    ],
  };
  return flow;
}
