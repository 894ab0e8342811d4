export { storeNames } from './asked-stores.ts';
export { explain, type Question } from './explain.ts';
export { explanationDocument } from './report.ts';
