export { divergences } from './divergences.ts';
export { EventCorrelator, type EventCorrelatorOptions } from './event-correlator.ts';
export { createEventSourced, type EventSourcedOptions } from './event-sourced.ts';
export { NotificationService, type NotificationServiceOptions } from './notification-service.ts';
