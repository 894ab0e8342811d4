import { z } from 'zod';
import { defineMessage } from './definition.ts';
import { profileSchema } from './profile.ts';

const customerIdSchema = z.string().min(1).max(200);
const source = '/services/accounts';
const subject = ({ customerId }: { customerId: string }): string => customerId;

/** What becomes of a customer's account. Of one who was erased `profile` is null, in events from long before too. */
export const accountEvents = {
  /** Where the customer can be reached has changed: `changed` names what in the profile is new. */
  ContactChanged: defineMessage({
    type: 'ContactChanged',
    source,
    subject,
    versions: [
      z.object({
        customerId: customerIdSchema,
        changed: z.array(z.string()).min(1),
        profile: profileSchema.nullable(),
      }),
    ],
  }),
  /** What the customer wants to be told, where and when, has changed. */
  PreferencesChanged: defineMessage({
    type: 'PreferencesChanged',
    source,
    subject,
    versions: [z.object({ customerId: customerIdSchema, profile: profileSchema.nullable() })],
  }),
  /** Nothing is left of the customer but the id. */
  CustomerErased: defineMessage({
    type: 'CustomerErased',
    source,
    subject,
    versions: [z.object({ customerId: customerIdSchema })],
  }),
} as const;
