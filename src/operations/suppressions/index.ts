export { type Change, lift, suppress } from './change.ts';
export { type ListedSuppressions, listSuppressions } from './list.ts';
export { changesDocument, listDocument } from './report.ts';
