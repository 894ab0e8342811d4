export { BadLineWriter } from './bad-line-writer.ts';
export { type HistoryLine, type ReadHistoryOptions, readHistory } from './history/history.ts';
export { type BadLine, type ReplayOptions, type ReplayResult, replay } from './replay.ts';
export { checkReportFile } from './report-file.ts';
export { commandsPerSecond, replayDocument, type TimedReplay, totalsDocument } from './summary.ts';
