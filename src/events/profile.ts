import { z } from 'zod';

export const segments = ['standard', 'silver', 'gold', 'platinum'] as const;

/**
 * Who a customer is and how they want to be written to, as the shop kept it when the event happened. All that an
 * event says of a person stands in one object of this shape, under `profile`, which is null once the person was erased:
 * `CustomerStore.erase` takes it out of the log.
 */
export const profileSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  /** Channel → address, for channels other than email and sms. */
  addresses: z.record(z.string(), z.string()),
  segment: z.enum(segments),
  /** BCP 47. */
  locale: z.string(),
  /** IANA. */
  timeZone: z.string(),
  /** Category → channel → switched on. What is absent has its default. */
  preferences: z.record(z.string(), z.record(z.string(), z.boolean())),
  /** Local times of day as `HH:mm`. */
  quietHours: z.object({ start: z.string(), end: z.string() }).nullable(),
});
