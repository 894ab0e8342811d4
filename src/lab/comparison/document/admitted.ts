import { type Document, plural, unique } from '../../../report/index.ts';
import type { DeclaredDivergence, ExplanationCost } from '../comparison.ts';

/** Whom to ask for the answer; said once where all architectures have to ask the same. */
export function explanationBlocks(explanations: readonly ExplanationCost[]): Document {
  if (explanations.length === 0) return [];
  const answers = explanations.map(({ architecture, askedStores }) => ({
    architecture,
    answer: `${plural(askedStores.length, 'store')}: ${askedStores.join(', ')}`,
  }));
  const items = unique(answers.map(({ answer }) => answer)).map((answer) => {
    const own = answers.filter((each) => each.answer === answer).map(({ architecture }) => architecture);
    const isAll = own.length === answers.length && own.length > 1;
    return { term: isAll ? 'every architecture' : own.join(', '), texts: [answer] };
  });
  return [
    { kind: 'heading', id: 'explain', name: 'Explain', text: 'Why was this customer not notified?' },
    { kind: 'list', items },
  ];
}

/** What each architecture does otherwise than the others, with the test that shows it. */
export function divergenceBlocks(divergences: readonly DeclaredDivergence[]): Document {
  if (divergences.length === 0) return [];
  return [
    {
      kind: 'heading',
      id: 'divergences',
      name: 'Divergences',
      text: 'Declared divergences, each shown by a test',
    },
    ...unique(divergences.map(({ architecture }) => architecture)).flatMap(
      (name): Document => [
        { kind: 'heading', level: 3, text: name },
        {
          kind: 'list',
          items: divergences
            .filter(({ architecture }) => architecture === name)
            .map(({ id, words, shownBy }) => ({
              term: id,
              isCode: true,
              texts: [words, { text: shownBy, file: shownBy }],
            })),
        },
      ],
    ),
  ];
}
