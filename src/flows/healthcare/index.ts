/**
 * A practice: slots that are booked once, a waitlist to which they are offered, reminders by the local clock, an audit log that is a chain.
 *
 * @example
 * ```ts
 * import { healthcareFlow } from './src/flows/healthcare/index.ts';
 *
 * console.log(healthcareFlow.name, healthcareFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { healthMessages } from './messages.ts';
import { prepareAppointments } from './run.ts';
import { typedAppointments } from './typed.ts';

export const healthcareFlow: Flow = {
  name: 'healthcare',
  does: 'a practice: slots that are booked once, a waitlist, reminders by the local clock, a chained audit log',
  shows: 'reservation and waitlist with timers; an audit log as a chain of digests',
  catalogue: healthMessages,
  beginsAtMs,
  columns,
  typed: typedAppointments,
  prepare: prepareAppointments,
};
