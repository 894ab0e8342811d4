import Document from 'pdfkit';
import { expect, test } from 'vitest';
import {
  certificateOf,
  digestOf,
  isGenuine,
  pdfOf,
  sampleSigner,
  signerOf,
} from '../../../src/flows/learning/certificate.ts';
import { buses } from '../a-life.ts';
import { playRows, sampleRows } from './a-school.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, said, mails } = await playRows(busName, await sampleRows());
  const of = (type: string) => said.filter((each) => each.type === type).map(({ data }) => data);

  expect(report.data).toMatchObject({
    learners: [
      { learnerId: 'ada', percent: 100, points: 110 },
      { learnerId: 'ben', percent: 100, points: 90 },
      { learnerId: 'clara', percent: 25, points: 10, certificate: null },
    ],
    board: [
      { learnerId: 'ada', total: 110 },
      { learnerId: 'ben', total: 90 },
      { learnerId: 'clara', total: 10 },
    ],
    // Who knows item 1 or 3 knows more of the others; of those that everybody knows, nothing can be said.
    items: [
      { item: 1, right: 2, graded: 3, difficulty: 2 / 3, discrimination: 0.5 },
      { item: 2, right: 3, graded: 3, difficulty: 1, discrimination: null },
      { item: 3, right: 1, graded: 3, difficulty: 1 / 3, discrimination: 0.5 },
      { item: 4, right: 3, graded: 3, difficulty: 1, discrimination: null },
    ],
    // Ben had item 1 right at the second quiz, and item 3 wrong again.
    reviews: [
      { learnerId: 'ben', item: 3, lesson: 'L3', answers: 2, wrong: 2, on: '2026-03-04' },
      { learnerId: 'ben', item: 1, lesson: 'L1', answers: 2, wrong: 1, on: '2026-03-06' },
    ],
    // Of three who did the first lesson, one went no further.
    lessons: { L1: 3, L2: 2, L3: 2, L4: 2 },
    certificates: 2,
  });
  expect(
    of('LessonRejected').map(({ learnerId, lessonId, reason }) => [learnerId, lessonId, reason]),
  ).toEqual([
    ['ada', 'L2', 'already_completed'],
    ['clara', 'L3', 'prerequisite_missing'],
  ]);
  expect(of('QuizGraded').map(({ learnerId, score }) => `${learnerId} ${score}`)).toEqual([
    'ada 4',
    'ben 2',
    'ben 3',
  ]);
  expect(of('FeedbackGiven').map(({ learnerId, lessons }) => [learnerId, ...lessons])).toEqual([
    ['ben', 'L1', 'L3'],
    ['ben', 'L3'],
  ]);
  expect(of('ReviewScheduled').map(({ item, dueAt }) => `${item} ${dueAt}`)).toEqual([
    '1 2026-03-04T12:00:00.000Z',
    '3 2026-03-04T12:00:00.000Z',
    '1 2026-03-06T15:00:00.000Z',
    '3 2026-03-04T15:00:00.000Z',
  ]);
  expect(
    of('NextLessonSuggested')
      .filter(({ learnerId }) => learnerId === 'ada')
      .map(({ next }) => next),
  ).toEqual(['L2', 'L3', 'L4', 'quiz']);
  expect(mails.map(({ to }) => to)).toEqual(['ada@learners.example', 'ben@learners.example']);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
});

test('the certificate goes with the mail, and the public key alone shows that it is genuine', async () => {
  const { said, mails } = await playRows('in-memory', await sampleRows());
  const issued = said.find(({ type }) => type === 'CertificateIssued')?.data;
  const [pdf, signature] = mails[0]?.attachments ?? [];
  const file = pdf?.content ?? new Uint8Array();
  const text = new TextDecoder().decode(signature?.content).trim();
  const { publicKey } = sampleSigner();

  expect([pdf?.filename, pdf?.contentType]).toEqual(['certificate.pdf', 'application/pdf']);
  expect(new TextDecoder().decode(file.slice(0, 5))).toBe('%PDF-');
  expect(issued).toMatchObject({ digest: digestOf(file), signature: text });
  // A course is completed when its quiz is passed, whenever the certificate is printed.
  const completedAt = '2026-03-02T13:00:00.000Z';
  expect(said.find(({ type }) => type === 'CourseCompleted')?.data).toMatchObject({ completedAt });
  expect(issued).toMatchObject({ learnerId: 'ada', completedAt });
  expect(Buffer.from(file).equals(pdfOf(certificateOf('ada', completedAt)))).toBe(true);
  expect(issued.certificateId).toBe(certificateOf('ada', 'at whatever time').certificateId);
  expect(isGenuine(file, text, publicKey)).toBe(true);
  for (const place of [0, Math.floor(file.length / 2), file.length - 1]) {
    const changed = file.map((byte, index) => (index === place ? byte ^ 1 : byte));
    expect(isGenuine(changed, text, publicKey)).toBe(false);
  }
  expect(isGenuine(file, text, signerOf(new Uint8Array(32).fill(8)).publicKey)).toBe(false);
  expect((await mails[0]?.mime()) ?? '').toContain('filename=certificate.pdf');
});

test.each(buses)(
  'a certificate that cannot be printed is tried again; the course is completed meanwhile (%s)',
  async (busName) => {
    let failures = 0;
    const { pdfPrinter } = await import('../../../src/flows/learning/award.ts');
    const printer: typeof pdfPrinter = {
      print: async (certificate) => {
        if (failures++ < 3) throw new Error('no paper');
        return pdfPrinter.print(certificate);
      },
    };
    const { report, said, mails } = await playRows(busName, await sampleRows(), printer);
    const timeOf = (type: string) => Date.parse(String(said.find((each) => each.type === type)?.time));

    expect(timeOf('CertificateIssued') - timeOf('CourseCompleted')).toBe(500 + 1000 + 2000);
    expect(timeOf('PointsAwarded')).toBeLessThan(timeOf('CertificateIssued'));
    expect(mails).toHaveLength(2);
    expect(report.statistics.deadLetters).toBe(0);
  },
);

test('a certificate is printed once, for its signature and its mail', async () => {
  const { pdfPrinter } = await import('../../../src/flows/learning/award.ts');
  const printed: string[] = [];
  const { mails } = await playRows('in-memory', await sampleRows(), {
    async print(certificate) {
      printed.push(certificate.learnerId);
      return pdfPrinter.print(certificate);
    },
  });

  expect(mails).toHaveLength(2);
  expect(printed).toHaveLength(2);
  expect(new Set(printed).size).toBe(2);
});

test('certificates share the metrics of their font, and each is as it would be printed by itself', () => {
  const at = '2026-03-02T10:00:00.000Z';
  const [ada, ben] = [certificateOf('ada', at), certificateOf('ben', at)];
  const texts = [pdfOf(ada), pdfOf(ben), pdfOf(ada)].map((file) => Buffer.from(file).toString('latin1'));
  const alone = new Document({ size: 'A4', info: { CreationDate: new Date(at) }, compress: false });
  alone.text('ada').end();
  const fontOf = (text: string): string => /<<[^<>]*BaseFont[^<>]*>>/s.exec(text)?.[0] ?? '';
  const font = fontOf(alone.read().toString('latin1'));

  expect(texts[2]).toBe(texts[0]);
  expect(texts[1]).not.toBe(texts[0]);
  expect(texts.map((text) => [text.match(/BaseFont/g)?.length, fontOf(text)])).toEqual(
    texts.map(() => [1, font]),
  );
});
