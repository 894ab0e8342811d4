import { z } from 'zod';
import { commandSchemas, execute, parseCommand } from '../services/index.ts';
import { commandRoutes } from './command-routes.ts';
import { json, type Operation, operation } from './operation.ts';

/** The body: the service checks what is in it, together with what stands in the path. */
const fields = z.custom<Readonly<Record<string, unknown>>>(
  (body) => typeof body === 'object' && body !== null && !Array.isArray(body),
  'must be an object',
);

const schemaOf = (service: keyof typeof commandSchemas, command: string): z.ZodType =>
  (commandSchemas[service] as Readonly<Record<string, z.ZodType>>)[command] ?? fields;

const given = z.object({ service: z.string(), command: z.string(), data: z.record(z.string(), z.unknown()) });

/** What the services do. A refusal is the domain's own; nothing has changed then. */
export const commands: readonly Operation[] = commandRoutes.map(
  ({ path, service, command, summary, status = 200, addsUp = false, problems }) =>
    operation({
      method: 'post',
      path,
      id: command,
      tag: service,
      summary,
      addsUp,
      makesWork: true,
      body: fields,
      documentedBody: schemaOf(service, command),
      answers: {
        [status]: { description: 'It is done, as it was understood; who is told follows', schema: given },
      },
      problems: { ...problems, 422: ['invalid_command', ...(problems[422] ?? [])] },
      async handle({ params, body }, { shop }) {
        // What the path says stands, whatever the body says of it.
        const parsed = parseCommand({ service, command, data: { ...body, ...params } });
        await execute(shop.services, parsed);
        return json(parsed, status);
      },
    }),
);
