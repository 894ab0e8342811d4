/**
 * Takes up what a stopped process has left.
 *
 * @example
 * ```ts
 * import { loadDemoDatastore } from './src/lab/scenarios/index.ts';
 * import { resume } from './src/operations/resume/index.ts';
 *
 * const datastore = await loadDemoDatastore();
 * const { ends, deadMessages } = await resume({ datastore, bus: 'durable' });
 * console.log(ends.size, deadMessages);
 * await datastore.close();
 * ```
 */
export { resumeDocument } from './report.ts';
export { type ResumeResult, resume } from './resume.ts';
