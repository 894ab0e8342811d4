import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReviewCard, reviewed } from '../../../src/flows/learning/review.ts';

const dayMs = 24 * 60 * 60_000;
const beginsAtMs = Date.parse('2026-03-02T08:00:00Z');

interface Answer {
  readonly isRight: boolean;
  readonly afterMs: number;
}

/** A card after each answer; the first one is wrong. */
function cardsOf(answers: readonly Answer[]): readonly ReviewCard[] {
  const cards = [reviewed(undefined, { item: 1, isRight: false, atIso: new Date(beginsAtMs).toISOString() })];
  let atMs = beginsAtMs;
  for (const { isRight, afterMs } of answers) {
    atMs += afterMs;
    cards.push(reviewed(cards.at(-1), { item: 1, isRight, atIso: new Date(atMs).toISOString() }));
  }
  return cards;
}

const intervalDays = ({ due, last_review }: ReviewCard): number =>
  (Date.parse(due) - Date.parse(last_review)) / dayMs;

/** Answers each time when it is due. */
function inTime(marks: readonly boolean[]): readonly number[] {
  let card = cardsOf([])[0] as ReviewCard;
  return marks.map((isRight) => {
    card = reviewed(card, { item: 1, isRight, atIso: card.due });
    return intervalDays(card);
  });
}

test('what is known each time comes up less and less often, and soon again once it is forgotten', () => {
  expect(inTime([true, true, true, true, false])).toEqual([3, 8, 22, 54, 3]);
});

test('of the same answers, whoever is right comes back later than who is wrong', () => {
  const answer = fc.record({ isRight: fc.boolean(), afterMs: fc.integer({ min: 0, max: 90 * dayMs }) });

  fc.assert(
    fc.property(
      fc.array(answer, { maxLength: 12 }),
      fc.integer({ min: 0, max: 90 * dayMs }),
      (answers, afterMs) => {
        const [right, wrong] = [true, false].map((isRight) =>
          cardsOf([...answers, { isRight, afterMs }]).at(-1),
        );

        expect(intervalDays(right as ReviewCard)).toBeGreaterThan(intervalDays(wrong as ReviewCard));
        expect(intervalDays(wrong as ReviewCard)).toBeGreaterThanOrEqual(1);
        expect(Number.isInteger(intervalDays(right as ReviewCard))).toBe(true);
      },
    ),
    { seed: 1 },
  );
});

test('a card is what its text is: kept, and taken up again, it goes on as it would have', () => {
  const [, before] = cardsOf([{ isRight: true, afterMs: 3 * dayMs }]);
  const kept = JSON.parse(JSON.stringify(before)) as ReviewCard;
  const answer = { item: 1, isRight: true, atIso: '2026-04-01T08:00:00.000Z' };

  expect(reviewed(kept, answer)).toEqual(reviewed(before, answer));
  expect(kept).toEqual(before);
});
