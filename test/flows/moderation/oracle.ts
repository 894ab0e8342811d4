import type { Row } from '../../../src/flows/moderation/input.ts';

interface Told {
  authorId: string;
  status: string;
  by: string | null;
  severity: number;
  reach: number;
  atMs: number;
  appeal: 'none' | 'open' | 'decided';
  decidedAtMs: number;
}

const day = 86_400_000;

/** What is to become of what people do, one after the other, from whole lists. Texts are long, and copies are equal to the letter. */
export function expectedOf(rows: readonly Row[]) {
  const contents = new Map<string, Told>();
  const texts: { text: string; contentId: string }[] = [];
  const refusals: string[] = [];
  const overdueAt = (content: Told): number => content.atMs + day;
  const strikesOf = (authorId: string): string[] =>
    [...contents]
      .filter(([, each]) => each.authorId === authorId && each.status === 'removed')
      .map(([id]) => id);
  const muted = new Map<string, number>();
  const queueAt = (nowMs: number): [string, Told][] =>
    [...contents]
      .filter(([, { status }]) => status === 'in_review')
      .sort(([, one], [, other]) => {
        const late = Number(overdueAt(other) <= nowMs) - Number(overdueAt(one) <= nowMs);
        return late || other.severity * other.reach - one.severity * one.reach || one.atMs - other.atMs;
      });
  const decide = (content: Told, status: string, by: string, nowMs: number): void => {
    Object.assign(content, { status, by, decidedAtMs: nowMs });
    if (status === 'removed' && strikesOf(content.authorId).length === 2)
      muted.set(content.authorId, nowMs + 7 * day);
  };
  for (const { atMs, who, does, contentId, reach, score, text } of rows.toSorted(
    (one, other) => one.atMs - other.atMs,
  )) {
    if (does === 'post') {
      const content: Told = {
        authorId: who,
        status: 'in_review',
        by: null,
        severity: typeof score === 'number' ? score : 1,
        reach,
        atMs,
        appeal: 'none',
        decidedAtMs: 0,
      };
      contents.set(contentId, content);
      if (strikesOf(who).length >= 3 || (muted.get(who) ?? 0) > atMs) {
        Object.assign(content, { status: 'refused', by: 'machine' });
        continue;
      }
      const isCopy = texts.some(
        (each) => each.text === text && contents.get(each.contentId)?.status === 'removed',
      );
      texts.push({ text, contentId });
      if (isCopy || text.includes('sh1t')) decide(content, 'removed', 'machine', atMs);
      else if (typeof score === 'number' && score <= 0.2) decide(content, 'published', 'machine', atMs);
      else if (typeof score === 'number' && score >= 0.9) decide(content, 'removed', 'machine', atMs);
      continue;
    }
    if (does === 'publish' || does === 'remove' || does === 'warn') {
      const queue = queueAt(atMs);
      const found = contentId === '' ? queue[0] : queue.find(([id]) => id === contentId);
      if (found === undefined)
        refusals.push(`${who} ${contentId === '' ? 'nothing_waits' : 'not_in_the_queue'}`);
      else decide(found[1], { publish: 'published', remove: 'removed', warn: 'warned' }[does], who, atMs);
      continue;
    }
    const content = contents.get(contentId);
    const wasAgainst =
      content !== undefined && (['removed', 'warned'].includes(content.status) || content.appeal !== 'none');
    const refuse = (reason: string): void => {
      refusals.push(`${who} ${reason}`);
    };
    if (!wasAgainst) refuse('nothing_to_appeal');
    else if (does === 'appeal') {
      if (who !== content.authorId) refuse('not_the_author');
      else if (content.appeal !== 'none') refuse('appealed_before');
      else if (atMs > content.decidedAtMs + 183 * day) refuse('too_late');
      else content.appeal = 'open';
    } else if (content.appeal !== 'open') refuse('no_open_appeal');
    else if (who === content.by) refuse('decided_first');
    else if (who === content.authorId) refuse('in_ones_own_cause');
    else {
      content.appeal = 'decided';
      if (does !== 'restore') continue;
      content.status = 'published';
      if (strikesOf(content.authorId).length < 2) muted.delete(content.authorId);
    }
  }
  const nowMs = Math.max(...rows.map(({ atMs }) => atMs)) + 3_600_000;
  return {
    ends: [...contents].map(([contentId, { status, by }]) => `${contentId} ${status} ${by}`),
    strikes: Object.fromEntries(
      [...new Set([...contents.values()].map(({ authorId }) => authorId))]
        .map((authorId) => [authorId, strikesOf(authorId).length] as const)
        .filter(([, strikes]) => strikes > 0),
    ),
    queue: queueAt(nowMs).map(([id]) => id),
    refusals: refusals.sort(),
  };
}
