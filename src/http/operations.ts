import { commands } from './commands.ts';
import { deliveries } from './deliveries.ts';
import { health } from './health.ts';
import { inboxes } from './inboxes.ts';
import { mending } from './mending.ts';
import type { Operation } from './operation.ts';
import { reading } from './reading.ts';
import { receipts } from './receipts.ts';
import { welcome } from './welcome.ts';

const listed: readonly Operation[] = [
  ...health,
  ...commands,
  ...deliveries,
  ...inboxes,
  ...reading,
  ...mending,
  ...receipts,
];

/** All that the API does. */
export const operations: readonly Operation[] = [welcome(listed), ...listed];
