import { z } from 'zod';
import { commands } from './commands.ts';
import { deliveries } from './deliveries.ts';
import { health } from './health.ts';
import { inboxes } from './inboxes.ts';
import { mending } from './mending.ts';
import { notifications } from './notifications.ts';
import { openApiOf } from './open-api.ts';
import { json, type Operation, operation } from './operation.ts';
import { reading } from './reading.ts';
import { receipts } from './receipts.ts';
import { welcome } from './welcome.ts';

const documentation: Operation = operation({
  method: 'get',
  path: '/openapi.json',
  id: 'openApi',
  tag: 'about',
  summary: 'All of this for a program, in OpenAPI 3.1',
  answers: { 200: { description: 'The document', schema: z.looseObject({ openapi: z.literal('3.1.0') }) } },
  handle: async () => json(openApiOf(operations)),
});

const listed: readonly Operation[] = [
  documentation,
  ...health,
  ...commands,
  ...notifications,
  ...deliveries,
  ...inboxes,
  ...reading,
  ...mending,
  ...receipts,
];

/** All that the API does. */
export const operations: readonly Operation[] = [welcome(listed), ...listed];
