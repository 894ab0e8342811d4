import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import type { Author } from './authors.ts';
import type { Content } from './contents.ts';
import { type ModerationMessages, machine } from './messages.ts';
import { type Kept, queueOf } from './review-queue.ts';
import { type Dated, decisionTimeline, queueBars, queueTable } from './tables.ts';

/** No list on a screen is longer. */
const longestList = 15;

/** What became of what was written, what waits for people, and whether it adds up. */
export async function reportOf(pipeline: Pipeline<ModerationMessages>, nowMs: number): Promise<FlowReport> {
  const contents = [...(await keptBy<Content>(pipeline, 'contents'))].map(
    ([contentId, content]): Dated => ({ contentId, ...content }),
  );
  contents.sort((one, other) => one.submittedAtMs - other.submittedAtMs);
  const strikes: Record<string, number> = {};
  for (const [author, { strikes: own }] of await keptBy<Author>(pipeline, 'admit'))
    if (own.length > 0) strikes[author] = own.length;
  const queue = queueOf(await keptBy<Kept>(pipeline, 'review'));
  const count = (holds: (content: Dated) => boolean): number => contents.filter(holds).length;
  const ended = (status: Content['status']): number => count((content) => content.status === status);
  const totals = {
    submitted: contents.length,
    published: ended('published'),
    removed: ended('removed'),
    warned: ended('warned'),
    refused: ended('refused'),
    waiting: queue.length,
  };
  const decisions = {
    byMachine: count(({ by, decisions: made }) => made > 0 && by === machine),
    byPeople: count(({ by, decisions: made }) => made > 0 && by !== machine),
    overdue: count(({ isOverdue }) => isOverdue),
  };
  const appeals = {
    filed: count(({ appeal }) => appeal !== null),
    restored: count(({ appeal }) => appeal === 'restored'),
    upheld: count(({ appeal }) => appeal === 'upheld'),
  };
  const statements = contents.reduce((sum, content) => sum + content.statements, 0);
  const failedStatements = contents.reduce((sum, content) => sum + content.failedStatements, 0);
  const shown = contents.slice(0, longestList);
  return {
    count: contents.length,
    statistics: pipeline.statistics(),
    pictures: [
      ...(queue.length > 0 ? [queueBars(queue)] : []),
      decisionTimeline(shown, contents.length, nowMs),
    ],
    tables: [
      { title: 'Contents', columns: Object.keys(totals), rows: [Object.values(totals).map(String)] },
      {
        title: 'Decisions',
        columns: ['by machine', 'by people', 'overdue', 'appeals', 'restored', 'statements sent'],
        rows: [
          [
            decisions.byMachine,
            decisions.byPeople,
            decisions.overdue,
            appeals.filed,
            appeals.restored,
            statements,
          ],
        ].map((row) => row.map(String)),
      },
      ...(queue.length > 0 ? [queueTable(queue.slice(0, longestList), queue.length)] : []),
      {
        title: 'Strikes',
        columns: ['author', 'strikes'],
        rows: Object.entries(strikes)
          .sort(([, one], [, other]) => other - one)
          .slice(0, longestList)
          .map(([author, number]) => [author, String(number)]),
      },
    ],
    checks: [
      {
        words: 'each content has one end, or waits for a person',
        holds:
          ended('submitted') === 0 &&
          ended('in_review') === queue.length &&
          contents.every(
            ({ status, decisions: made }) => made === Number(status !== 'refused' && status !== 'in_review'),
          ),
      },
      {
        words: 'the machine published nothing that it had not seen, and decided no appeal',
        holds: contents.every(({ appealedTo }) => appealedTo !== machine) && contents.every(isSeen),
      },
      {
        words: 'no appeal was decided by who decided first',
        holds: contents.every((each) => each.appealedTo !== each.by || each.by === null),
      },
      {
        words: 'strikes = removed',
        holds: Object.values(strikes).reduce((sum, number) => sum + number, 0) === totals.removed,
      },
      {
        words: 'every removal and warning has one statement of reasons, and every complaint one answer',
        holds: contents.every(isTold),
      },
    ],
    data: {
      contents: contents.map(({ contentId, authorId, status, reason, by }) => ({
        contentId,
        authorId,
        status,
        reason,
        by,
      })),
      totals,
      decisions,
      appeals,
      strikes,
      statements: { sent: statements, failed: failedStatements },
      queue: queue.map(({ contentId }) => contentId),
    },
  };
}

const isSeen = ({ status, by, reason, appeal }: Dated): boolean =>
  status !== 'published' || by !== machine || reason === 'harmless' || appeal === 'restored';

/** One that could not be sent leaves the decision standing. */
function isTold({ status, statements, failedStatements, appeal, appealedTo }: Dated): boolean {
  const wasAgainst = status === 'removed' || status === 'warned' || appeal !== null;
  return statements + failedStatements === Number(wasAgainst) + Number(appealedTo !== null);
}
