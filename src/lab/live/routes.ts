import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Place, pageResponse, type ServedApp } from '../../http/index.ts';
import { InputError } from '../../kernel/index.ts';
import type { Changes } from './changes.ts';
import type { LiveLab } from './live-lab.ts';
import { pageOf, speeds } from './page.ts';
import type { Playing } from './playing.ts';
import { runOf } from './run-link.ts';

export interface LabParts {
  readonly lab: Pick<LiveLab, 'start' | 'act' | 'advance' | 'replay' | 'state'>;
  readonly playing: Playing;
  readonly changes: Changes;
  /** Where else there are pages. */
  readonly places: readonly Place[];
}

const assets: Readonly<Record<string, string>> = {
  'lab.css': 'text/css',
  'lab.js': 'text/javascript',
  'icon.svg': 'image/svg+xml',
};

const action = z.object({ action: z.string() });
const clock = z.union([
  z.object({
    advanceMs: z.coerce
      .number()
      .int()
      .min(1)
      .max(7 * 86_400_000),
  }),
  z.object({
    speed: z.coerce.number().refine((speed) => speed === 0 || speeds.some((each) => each === speed)),
  }),
]);
const run = z.object({ run: z.string().max(100_000) });

/** The page of the lab, and what it asks; whoever likes curl better asks the same. */
export function addLabRoutes(app: ServedApp, { lab, playing, changes, places }: LabParts): void {
  const state = () => ({ ...lab.state(), speed: playing.speed });

  app.get('/lab', async ({ req }) => {
    await lab.start();
    const word = req.query('run');
    const offered = word === undefined ? undefined : { word, count: runOf(word).done.length };
    return pageResponse(pageOf({ state: lab.state(), speed: playing.speed, offered, places }));
  });
  app.get('/lab/assets/:name', async ({ req, notFound }) => {
    const name = req.param('name');
    const mediaType = Object.hasOwn(assets, name) ? assets[name] : undefined;
    if (mediaType === undefined) return notFound();
    const text = await readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8');
    return new Response(text, { headers: { 'content-type': `${mediaType}; charset=utf-8` } });
  });
  app.get('/v1/lab', async ({ json }) => {
    await lab.start();
    return json(state());
  });
  app.get('/v1/lab/changes', () => changes.response());
  /** A form is sent back to the page, and a program gets the state. */
  const doing = <T>(
    path: string,
    schema: z.ZodType<T>,
    help: string,
    act: (asked: T) => Promise<void> | void,
  ) =>
    app.post(path, async ({ req, json, redirect }) => {
      const isForm = req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
      const body = isForm ? await req.parseBody() : await req.json().catch(() => undefined);
      const asked = schema.safeParse(body);
      if (!asked.success) throw new InputError({ message: `${path} cannot read what was sent`, help });
      await lab.start();
      await act(asked.data);
      return isForm ? redirect('/lab', 303) : json(state());
    });
  doing('/v1/lab/actions', action, 'Send {"action":"order"}.', (asked) => lab.act(asked.action));
  doing(
    '/v1/lab/clock',
    clock,
    `Send {"advanceMs":1000}, or {"speed":…} with 0, ${speeds.join(', ')}.`,
    (asked) => ('speed' in asked ? playing.play(asked.speed) : lab.advance(asked.advanceMs)),
  );
  doing('/v1/lab/runs', run, 'Send {"run":"…"} with the word of a link.', (asked) => lab.replay(asked.run));
}
