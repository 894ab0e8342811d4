import type { Model } from './model.ts';
import { wordsOf } from './simhash.ts';

/** A text of which somebody has said whether it is harmful. */
export interface Labelled {
  readonly text: string;
  readonly isHarmful: boolean;
}

/** Says what it was told to say of each content; of others, what another model says; of some it says nothing, ever. */
export const tableModel = (scores: ReadonlyMap<string, number | 'none'>, others: Model): Model => ({
  name: 'table',
  async score(content, limits) {
    const score = scores.get(content.contentId);
    if (score === undefined) return others.score(content, limits);
    if (score === 'none') {
      await limits.wait(limits.timeoutMs);
      throw new Error('the model does not answer');
    }
    return { score, labels: score >= 0.5 ? ['harmful'] : [] };
  },
});

/** A multinomial naive Bayes over words, smoothed by one (Laplace): small, and good enough to show what a model is. */
export function bayesModel(labelled: readonly Labelled[]): Model {
  const counts = { harmful: new Map<string, number>(), harmless: new Map<string, number>() };
  const totals = { harmful: 0, harmless: 0, texts: 0, harmfulTexts: 0 };
  for (const { text, isHarmful } of labelled) {
    const side = isHarmful ? 'harmful' : 'harmless';
    totals.texts++;
    totals.harmfulTexts += isHarmful ? 1 : 0;
    for (const word of wordsOf(text)) {
      counts[side].set(word, (counts[side].get(word) ?? 0) + 1);
      totals[side]++;
    }
  }
  const vocabulary = new Set([...counts.harmful.keys(), ...counts.harmless.keys()]);
  const logOf = (word: string, side: 'harmful' | 'harmless'): number =>
    Math.log(((counts[side].get(word) ?? 0) + 1) / (totals[side] + vocabulary.size));
  const prior = Math.log((totals.harmfulTexts + 1) / (totals.texts - totals.harmfulTexts + 1));
  return {
    name: 'bayes',
    async score({ text }) {
      const known = wordsOf(text).filter((word) => vocabulary.has(word));
      const odds = known.reduce((sum, word) => sum + logOf(word, 'harmful') - logOf(word, 'harmless'), prior);
      const score = 1 / (1 + Math.exp(-odds));
      return { score, labels: score >= 0.5 ? ['spam'] : [] };
    },
  };
}

const harmful = (text: string): Labelled => ({ text, isHarmful: true });
const harmless = (text: string): Labelled => ({ text, isHarmful: false });

/** What the example was trained on: far too little for anybody's forum but this one. */
export const examples: readonly Labelled[] = [
  harmful('Buy cheap followers now at my shop'),
  harmful('Click here to win a free phone'),
  harmful('Cheap pills without a prescription, order now'),
  harmful('Earn money fast from home, click the link'),
  harmful('Free followers, click here now'),
  harmful('Win money now, cheap tickets for my lottery'),
  harmful('Get rich fast with this cheap trick'),
  harmful('Order cheap watches, free delivery now'),
  harmless('The market opens at nine tomorrow morning'),
  harmless('Does anybody know a good bicycle repair shop?'),
  harmless('We met at the lake and had a lovely picnic'),
  harmless('My cat sleeps on the warm stove all day'),
  harmless('The library has new books about gardening'),
  harmless('Thank you all for helping at the school party'),
  harmless('The bus to the lake is late this morning'),
  harmless('I baked bread with my daughter, it was good'),
];
