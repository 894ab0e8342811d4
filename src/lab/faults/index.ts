export { crashInjection } from './crash-injection.ts';
export { CrashPoint } from './crash-point.ts';
