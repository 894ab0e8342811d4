export { breakersOf } from './breakers.ts';
export { type Figures, statusOf } from './figures.ts';
export { toPrometheus } from './prometheus.ts';
export { statusDocument } from './report.ts';
export { statusToPlain } from './status-json.ts';
