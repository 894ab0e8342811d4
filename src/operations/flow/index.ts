export { describeEvent } from './describe-event.ts';
export { renderEntries } from './timeline-report.ts';
