export { crashInjection } from './crash-injection.ts';
export { CrashPoint } from './crash-point.ts';
export { faultNames, type NamedFault, namedFault } from './named-faults.ts';
