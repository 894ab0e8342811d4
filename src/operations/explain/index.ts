export { explain, type Question } from './explain.ts';
export { describeExplanation } from './report.ts';
export { roomNames } from './rooms.ts';
