import { millisecondsInSecond } from 'date-fns/constants';

/** How cookies are baked; millimetres, °C, mm/s, grams, durations in milliseconds. */
export const rules = {
  target: 60,
  /** A cookie within is good. */
  tolerance: 2,
  /** Groups that the limits are made of. */
  phaseOne: 8,
  hottest: 260,
  silentAfterMs: 30 * millisecondsInSecond,
  lambda: 0.3,
  actuatorTimeoutMs: 2 * millisecondsInSecond,
  vibrationReadings: 12,
  vibrationLimit: 7.1,
  /** A wear that ends within a shift is seen to now. */
  maintenanceWithinHours: 8,
  flourPerCookie: 12,
  lowStock: 1000,
  /** Who may let a line run again. */
  mayReset: ['chief'],
} as const;
