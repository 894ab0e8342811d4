import type { Context, Hono } from 'hono';
import { framedResponse, htmlResponse, pagePolicy } from '../html-response.ts';
import { HttpError } from '../problem.ts';
import { type Ask, askingFor } from './asking.ts';
import { assetOf } from './assets.ts';
import { dashboard } from './dashboard.ts';
import { deadLetters } from './dead-letters.ts';
import { explainPage } from './explain.ts';
import { flow } from './flow.ts';
import { inbox, mail } from './inbox.ts';
import { type About, pageOf, placesWith, refusalOf } from './layout.ts';
import type { Page } from './page.ts';

/** Which page is where. What is not given is undefined. */
const pages: Readonly<
  Record<string, (ask: Ask, given: (name: string) => string | undefined) => Promise<Page>>
> = {
  '/dashboard': (ask, given) => dashboard(ask, given('period')),
  '/inbox': (ask, given) => inbox(ask, given('customer')),
  '/inbox/:customer': (ask, given) => inbox(ask, given('customer')),
  '/explain': (ask, given) => explainPage(ask, { id: given('id') ?? '', customer: given('customer') ?? '' }),
  '/flow': (ask, given) => flow(ask, given('correlation')),
  '/flow/:correlation': (ask, given) => flow(ask, given('correlation')),
  '/dead-letters': (ask) => deadLetters(ask),
};

/** The pages: the API's first client. They know of the shop what it answers, and nothing else. */
export function addPages(app: Hono, about: About): void {
  const { guests = [] } = about;
  const [front] = guests;
  app.get('/', (context, next) => {
    if (!asksForHtml(context)) return next();
    if (front !== undefined) return context.redirect(front.place.path);
    return shown(context, about, dashboard(askingFor(app, context)));
  });
  const show = (page: Page): Response => responseOf(page, about);
  for (const guest of guests) guest.addRoutes(app, { places: placesWith(guests), show });
  for (const [path, pageAt] of Object.entries(pages)) {
    app.get(path, (context) => {
      const given = (name: string) => context.req.param(name) ?? context.req.query(name);
      return shown(context, about, pageAt(askingFor(app, context), given));
    });
  }
  app.get('/mail', async (context) => {
    const { customer = '', delivery = '' } = context.req.query();
    const text = await mail(askingFor(app, context), { customer, delivery });
    return framedResponse(text);
  });
  app.get('/assets/:name', async ({ req, notFound }) => {
    const asset = await assetOf(req.param('name'));
    if (asset === undefined) return notFound();
    return new Response(asset.text, { headers: { 'content-type': asset.mediaType } });
  });
}

/** Curl and its like are told in plain text what there is. */
const asksForHtml = ({ req }: Context): boolean => req.header('accept')?.includes('text/html') ?? false;

async function shown({ req }: Context, about: About, page: Promise<Page>): Promise<Response> {
  return responseOf(await page.catch((thrown) => refused(thrown, req.path)), about);
}

const responseOf = ({ status = 200, ...page }: Page, about: About): Response =>
  htmlResponse(pageOf(page, about), { status, policy: pagePolicy });

/** What the API refuses is told on a page too. */
function refused(thrown: unknown, at: string): Page {
  if (!(thrown instanceof HttpError)) throw thrown;
  const lead = 'There is nothing to show.';
  return { title: 'Refused', lead, at, status: thrown.status, content: refusalOf(thrown) };
}
