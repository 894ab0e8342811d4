export { type Figures, statusOf } from './figures.ts';
export { toPrometheus } from './prometheus.ts';
export { describeStatus } from './report.ts';
export { toJson } from './status-json.ts';
