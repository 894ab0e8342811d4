export { resumeDocument } from './report.ts';
export { type ResumeResult, resume } from './resume.ts';
