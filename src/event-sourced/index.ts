export { divergences } from './divergences.ts';
export { EventCorrelator } from './event-correlator.ts';
export { createEventSourced } from './event-sourced.ts';
