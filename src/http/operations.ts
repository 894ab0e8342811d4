import { z } from 'zod';
import { catalogues } from '../shop/index.ts';
import { asyncApiOf } from './async-api.ts';
import { commands } from './commands.ts';
import { deliveries } from './deliveries.ts';
import { docsPage } from './docs-page.ts';
import { health } from './health.ts';
import { inboxes } from './inboxes.ts';
import { mending } from './mending.ts';
import { notifications } from './notifications.ts';
import { openApiOf } from './open-api.ts';
import { json, type Operation, operation } from './operation.ts';
import { providers } from './providers.ts';
import { reading } from './reading.ts';
import { receipts } from './receipts.ts';
import { unsubscribing } from './unsubscribing.ts';
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

const eventsDocumentation: Operation = operation({
  method: 'get',
  path: '/asyncapi.json',
  id: 'asyncApi',
  tag: 'about',
  summary: 'The events of the log for a program, in AsyncAPI 3.0',
  answers: { 200: { description: 'The document', schema: z.looseObject({ asyncapi: z.literal('3.0.0') }) } },
  handle: async (_, { architecture }) => json(asyncApiOf(catalogues[architecture])),
});

const listed: readonly Operation[] = [
  documentation,
  eventsDocumentation,
  docsPage(() => operations),
  ...health,
  ...commands,
  ...notifications,
  ...deliveries,
  ...inboxes,
  ...reading,
  ...mending,
  ...providers,
  ...receipts,
  ...unsubscribing,
];

/** All that the API does. */
export const operations: readonly Operation[] = [welcome(listed), ...listed];
