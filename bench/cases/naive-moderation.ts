import { captureEmail } from '../../src/delivery/index.ts';
import { statusAfter } from '../../src/flows/moderation/contents.ts';
import { blocklist } from '../../src/flows/moderation/filters.ts';
import { type Row, readRows, scoresOf } from '../../src/flows/moderation/input.ts';
import { type Action, machine } from '../../src/flows/moderation/messages.ts';
import { bayesModel, examples, tableModel } from '../../src/flows/moderation/models.ts';
import { rules } from '../../src/flows/moderation/rules.ts';
import { bandsOf, distanceOf, fingerprintOf } from '../../src/flows/moderation/simhash.ts';
import { textsOf } from '../../src/flows/moderation/statements.ts';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import type { Measured } from '../measure.ts';
import { mailer } from './naive-mailer.ts';
import { timed } from './timed.ts';

interface Content {
  readonly contentId: string;
  readonly authorId: string;
  readonly fingerprint: string | null;
  status: string;
  reason: string | null;
  by: string | null;
}

interface Waiting {
  readonly content: Content;
  readonly harm: number;
}

/** The forum by itself: texts are filtered, scored and decided on, by people too. In what is generated nobody complains, or is late. */
export async function moderateByLoop(rows: readonly Row[]) {
  const contents: Content[] = [];
  const authors = new Map<string, { strikes: number; mutedUntilMs: number }>();
  const bands = new Map<string, Content[]>();
  const queue: Waiting[] = [];
  const model = tableModel(scoresOf(rows), bayesModel(examples));
  const limits = { timeoutMs: 500, signal: new AbortController().signal, wait: async () => {} };
  const channel = captureEmail({ clock: new VirtualClock(0) });
  const send = mailer(channel, createTemplates(), { name: 'The forum', address: 'desk@forum.example' });
  const authorOf = (authorId: string) => {
    const author = authors.get(authorId) ?? { strikes: 0, mutedUntilMs: 0 };
    authors.set(authorId, author);
    return author;
  };
  const isCopy = (fingerprint: string): boolean =>
    bandsOf(fingerprint).some((band) =>
      bands.get(band)?.some((each) => distanceOf(each.fingerprint ?? '0', fingerprint) <= rules.nearBits),
    );
  const decide = async (content: Content, action: Action, reason: string, by: string, atMs: number) => {
    const { contentId, authorId, fingerprint } = content;
    Object.assign(content, { status: statusAfter[action], reason, by });
    if (action === 'remove') {
      const author = authorOf(authorId);
      if (++author.strikes === rules.muteAtStrikes) author.mutedUntilMs = atMs + rules.muteMs;
      for (const band of fingerprint === null ? [] : bandsOf(fingerprint))
        bands.set(band, [...(bands.get(band) ?? []), content].slice(-100));
    }
    const data = { contentId, authorId, action, reason, by, isAppeal: false, hops: 0 };
    const variables = textsOf({ type: 'ActionEnforced', data });
    if (variables === undefined) return;
    const key = `statement:${contentId}`;
    const to = `${authorId}@example.com`;
    await send({ key, to, recipientName: authorId, template: 'own-text', variables });
  };
  for (const { atMs, who, does, contentId, reach, text } of rows) {
    if (does === 'appeal' || does === 'restore' || does === 'uphold')
      throw new TypeError('the loop knows no complaints');
    if (does !== 'post') {
      const place = contentId === '' ? 0 : queue.findIndex(({ content }) => content.contentId === contentId);
      const [next] = place === -1 ? [] : queue.splice(place, 1);
      if (next !== undefined) await decide(next.content, does, text || 'rules', who, atMs);
      continue;
    }
    const { strikes, mutedUntilMs } = authorOf(who);
    const refusal =
      strikes >= rules.banAtStrikes ? 'author_banned' : atMs < mutedUntilMs ? 'author_muted' : undefined;
    const fingerprint = refusal === undefined ? fingerprintOf(text) : null;
    const content: Content = {
      contentId,
      authorId: who,
      fingerprint,
      status: 'in_review',
      reason: null,
      by: null,
    };
    contents.push(content);
    if (refusal !== undefined) Object.assign(content, { status: 'refused', reason: refusal, by: machine });
    else if (blocklist.hasMatch(text)) await decide(content, 'remove', 'blocked_word', machine, atMs);
    else if (fingerprint !== null && isCopy(fingerprint))
      await decide(content, 'remove', 'near_duplicate', machine, atMs);
    else {
      const { score, labels } = await model.score({ contentId, text }, limits);
      if (score <= rules.publishUpTo) await decide(content, 'publish', 'harmless', machine, atMs);
      else if (score >= rules.removeFrom)
        await decide(content, 'remove', labels[0] ?? 'harmful', machine, atMs);
      else {
        const harm = score * reach;
        const behind = queue.findIndex((each) => each.harm < harm);
        queue.splice(behind === -1 ? queue.length : behind, 0, { content, harm });
      }
    }
  }
  return {
    contents: contents.map(({ fingerprint: _, ...content }) => content),
    strikes: Object.fromEntries(
      [...authors].flatMap(([authorId, { strikes }]) => (strikes > 0 ? [[authorId, strikes]] : [])),
    ),
    statements: { sent: channel.outbox.count, failed: 0 },
    queue: queue.map(({ content }) => content.contentId),
  };
}

export async function naiveModeration(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.filter(({ does }) => does === 'post').length, () => moderateByLoop(rows));
}
