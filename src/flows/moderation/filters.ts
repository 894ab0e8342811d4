import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';
import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';
import { rules } from './rules.ts';
import { bandsOf, distanceOf, fingerprintOf } from './simhash.ts';

/** Words behind look-alikes ("sh1t"), and not inside of others ("Scunthorpe"). */
export const blocklist = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });

interface Print {
  readonly contentId: string;
  readonly fingerprint: string;
}

/** Under the id of a content its own, under a band of bits all that were removed and have it. */
type Prints = readonly Print[];

/** The newest, so that a band which many texts share is no burden. */
const mostInBand = 100;

type In = ModerationMessage<'ContentAdmitted' | 'ActionEnforced' | 'AppealDecided'>;
type Out = ModerationMessage<'ContentFlagged' | 'ContentPassed'>;

/** Stops what has a blocked word, and what was removed before in nearly the same words. */
export const filterStage: Stage<In, Out, Prints> = {
  name: 'filters',
  accepts: ['ContentAdmitted', 'ActionEnforced', 'AppealDecided'],
  state: { initial: () => [], key: ({ data }) => `content ${data.contentId}` },
  async handle(message, context) {
    const { state, next } = context;
    const { contentId, authorId } = message.data;
    if (message.type !== 'ContentAdmitted') {
      const [own] = state.get();
      if (own !== undefined) await remember(own, isOut(message), context);
      return [];
    }
    const { text } = message.data;
    const fingerprint = fingerprintOf(text);
    if (fingerprint !== null) state.set([{ contentId, fingerprint }]);
    if (blocklist.hasMatch(text))
      return [next(messages.ContentFlagged, { contentId, authorId, filter: 'blocked_word', like: null })];
    const like = fingerprint === null ? undefined : await likeIt(fingerprint, context);
    return like === undefined
      ? [next(messages.ContentPassed, message.data)]
      : [next(messages.ContentFlagged, { contentId, authorId, filter: 'near_duplicate', like })];
  },
};

/** Whether nobody may say it again, from now on. */
function isOut(message: ModerationMessage<'ActionEnforced' | 'AppealDecided'>): boolean {
  return message.type === 'ActionEnforced'
    ? message.data.action === 'remove'
    : message.data.outcome === 'upheld';
}

async function remember(own: Print, isKept: boolean, { stateOf }: StageContext<Prints>): Promise<void> {
  for (const band of bandsOf(own.fingerprint)) {
    const cell = await stateOf(band);
    const others = cell.get().filter(({ contentId }) => contentId !== own.contentId);
    cell.set(isKept ? [...others, own].slice(-mostInBand) : others);
  }
}

/** The first that was removed and differs in few bits. */
async function likeIt(fingerprint: string, { stateOf }: StageContext<Prints>): Promise<string | undefined> {
  for (const band of bandsOf(fingerprint)) {
    const near = (await stateOf(band))
      .get()
      .find((each) => distanceOf(each.fingerprint, fingerprint) <= rules.nearBits);
    if (near !== undefined) return near.contentId;
  }
  return undefined;
}
