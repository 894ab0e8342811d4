export { findLetters } from './find-letters.ts';
export type { Letter } from './letter.ts';
export { letterBox } from './letter-box.ts';
export { describeLetter } from './letter-report.ts';
export { describeList } from './list-report.ts';
export type { Outcome } from './outcome.ts';
export { choose, type RedriveReport, redriveLetters } from './redrive.ts';
export { count, describeOutcomes, describeReport, emptyTally } from './redrive-report.ts';
export { letterToJson, outcomeToJson, viewToJson } from './to-json.ts';
