import type { Channel } from '../../delivery/index.ts';
import { RecentMap } from '../../kernel/index.ts';
import { createTemplates } from '../../notifications/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Mail, mailStage } from '../mails/index.ts';
import { type Certificate, certificateOf, digestOf, pdfOf, type Signer } from './certificate.ts';
import { course } from './course.ts';
import { type LearningMessage, learningMessages as messages } from './messages.ts';

/** Makes a file of a certificate; the same each time. */
export interface Printer {
  print(certificate: Certificate): Promise<Uint8Array>;
}

export const pdfPrinter: Printer = { print: async (certificate) => pdfOf(certificate) };

/** Has the latest files at hand: a certificate is printed when it is signed, and is wanted again for the mail soon after. */
export function handyPrinter(printer: Printer, most = 256): Printer {
  const files = new RecentMap<Uint8Array>(most);
  return {
    async print(certificate) {
      const key = `${certificate.certificateId} ${certificate.completedAt}`;
      const file = files.get(key) ?? (await printer.print(certificate));
      files.set(key, file);
      return file;
    },
  };
}

/** Prints and signs. While it cannot, the course stays completed, and it tries again. */
export const certificateStage = (
  printer: Printer,
  signer: Signer,
): Stage<LearningMessage<'CourseCompleted'>, LearningMessage<'CertificateIssued'>> => ({
  name: 'certificate',
  accepts: ['CourseCompleted'],
  timeoutMs: 5000,
  retry: { attempts: 20, baseDelayMs: 500, jitter: false },
  async handle({ data: { learnerId, completedAt } }, { next }) {
    const certificate = certificateOf(learnerId, completedAt);
    const file = await printer.print(certificate);
    const issued = { ...certificate, digest: digestOf(file), signature: signer.sign(file) };
    return [next(messages.CertificateIssued, issued)];
  },
});

/** Writes to the learner, with the certificate and its signature attached. */
export const congratulateStage = (
  channel: Channel,
  printer: Printer,
): Stage<LearningMessage<'CertificateIssued'>, LearningMessage<'CongratulationEnded'>> =>
  mailStage<LearningMessage<'CertificateIssued'>, LearningMessage<'CongratulationEnded'>>({
    name: 'congratulate',
    accepts: ['CertificateIssued'],
    channel,
    templates: createTemplates({ directory: new URL('./templates/', import.meta.url) }),
    from: course.school,
    compose: async ({ data }) => congratulationOf(data, await printer.print(data)),
    told({ data: { learnerId } }, end, { next }) {
      const reason = end.isSent ? 'sent' : end.reason;
      return [next(messages.CongratulationEnded, { learnerId, isSent: end.isSent, reason })];
    },
  });

type Issued = Pick<LearningMessage<'CertificateIssued'>['data'], 'certificateId' | 'learnerId' | 'signature'>;

export function congratulationOf({ certificateId, learnerId, signature }: Issued, file: Uint8Array): Mail {
  const text = new TextEncoder().encode(`${signature}\n`);
  return {
    key: `certificate ${certificateId}`,
    to: `${learnerId}@learners.example`,
    recipientName: learnerId,
    template: 'certificate',
    variables: { course: course.title, school: course.school.name },
    attachments: [
      { filename: 'certificate.pdf', contentType: 'application/pdf', content: file },
      { filename: 'certificate.pdf.sig', contentType: 'text/plain', content: text },
    ],
  };
}

export interface Points {
  readonly total: number;
}

/** Points for each lesson and for the course, more for who passes at once. */
export const pointsStage: Stage<
  LearningMessage<'LessonAccepted' | 'CourseCompleted'>,
  LearningMessage<'PointsAwarded'>,
  Points
> = {
  name: 'points',
  accepts: ['LessonAccepted', 'CourseCompleted'],
  state: { initial: () => ({ total: 0 }) },
  handle({ type, data }, { state, next }) {
    const { lesson, pass, firstTry } = course.points;
    const points = type === 'LessonAccepted' ? lesson : pass + (data.attempt === 1 ? firstTry : 0);
    const total = state.get().total + points;
    state.set({ total });
    return [next(messages.PointsAwarded, { learnerId: data.learnerId, points, total })];
  },
};

export type Board = readonly { readonly learnerId: string; readonly total: number }[];

export const boardKey = 'board';
const longestBoard = 10;

/** The first ten; of two with the same points, who had them first. Points never fall, so that nobody comes back from below. */
export const leaderboardStage: Stage<
  LearningMessage<'PointsAwarded'>,
  LearningMessage<'LeaderboardChanged'>,
  Board
> = {
  name: 'leaderboard',
  accepts: ['PointsAwarded'],
  concurrency: 1,
  state: { initial: () => [], key: () => boardKey },
  handle({ data: { learnerId, total } }, { state, next }) {
    const board = state.get();
    const { place, board: after } = ranked(board, { learnerId, total });
    if (place >= longestBoard) return [];
    state.set(after);
    const isElsewhere = board[place]?.learnerId !== learnerId;
    return isElsewhere ? [next(messages.LeaderboardChanged, { learnerId, rank: place + 1, total })] : [];
  },
};

/** The board with what a learner has now, and their place on it, from 0. */
export function ranked(board: Board, { learnerId, total }: Board[number]) {
  const others = board.filter((each) => each.learnerId !== learnerId);
  const worse = others.findIndex((each) => each.total < total);
  const place = worse === -1 ? others.length : worse;
  return { place, board: others.toSpliced(place, 0, { learnerId, total }).slice(0, longestBoard) };
}
